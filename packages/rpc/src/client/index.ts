// What a program needs that calls and does not serve: neither NestJS nor the rules of requests are loaded with it.
export { status } from '@grpc/grpc-js';
export {
  budgetMs,
  currentCall,
  runDetached,
  runInCall,
  withBudget,
  type Budget,
  type CallContext,
  type CallTime,
} from '../call-context.ts';
export { CHUNK_BYTES, chunksOf, joinChunks } from '../chunks.ts';
export { openChannel, useChannelCredentials, waitForReady, type Channel } from './channel.ts';
export type { CallOptions } from './call-plan.ts';
export { ReceivedMetadata } from './received-metadata.ts';
export { createClient, type PartialMessage, type RpcClient } from './client.ts';
export { Deadline } from '../deadline.ts';
export {
  methodName,
  methodPath,
  type GenericMethod,
  type GenericService,
  type RequestOf,
  type ResponseOf,
} from '../generic-definition.ts';
export { channelCredentials } from '../tls.ts';
export { checkHealth, SERVICE_HEADER, VERSION_HEADER, type ServingStatus } from './health.ts';
export type { MetadataValue, ReadonlyMetadata } from '../metadata.ts';
export { DEFAULT_POLICY, methodPolicy, type MethodPolicy } from '../method-policy.ts';
export { detailsIn } from '../rich-status.ts';
export { RemoteError } from '../remote-error.ts';
export { servingHere } from '../serving.ts';
export { COMMON_VARIABLES, nearestVariable, Settings } from '../settings.ts';
export {
  callerCancelled,
  deadlineExceeded,
  RPC_DOMAIN,
  serverDraining,
  StatusError,
  WATCH_ENDED,
  type FieldViolation,
} from '../status-error.ts';
export { untilAborted } from '../async-iteration.ts';
