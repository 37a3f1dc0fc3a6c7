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
} from './call-context.ts';
export { CHUNK_BYTES, chunksOf, joinChunks } from './chunks.ts';
export { openChannel, useChannelCredentials, waitForReady, type Channel } from './client/channel.ts';
export type { CallOptions } from './client/call-plan.ts';
export { ReceivedMetadata } from './client/received-metadata.ts';
export { createClient, type PartialMessage, type RpcClient } from './client/client.ts';
export { Deadline } from './deadline.ts';
export { EdgeCall, type EdgeCallOptions } from './edge-call.ts';
export { mapError, type ErrorTable, type WireStatus } from './error-mapper.ts';
export {
  methodName,
  methodPath,
  type GenericMethod,
  type GenericService,
  type RequestOf,
  type ResponseOf,
} from './generic-definition.ts';
export type { Caller, Claims } from './identity/caller.ts';
export { edgeIdentity, type EdgeIdentity } from './identity/edge-identity.ts';
export { MeshTokens, readMeshKeys } from './identity/mesh-token.ts';
export { channelCredentials, serverCredentials } from './tls.ts';
export { checkHealth, type ServingStatus } from './client/health.ts';
export type { MetadataValue, ReadonlyMetadata } from './metadata.ts';
export { DEFAULT_POLICY, methodPolicy, type MethodPolicy } from './method-policy.ts';
export { detailsIn } from './rich-status.ts';
export { RemoteError } from './remote-error.ts';
export { RpcMethod, type RpcHandler } from './rpc-method.ts';
export { SingleFlight, type Shared } from './single-flight.ts';
export { live, serviceLogger, type Prepare, type Running } from './process-life.ts';
export { serve, startServer, type RunningServer, type ServeOptions, type SetUp } from './serve.ts';
export type { Reply } from './server/reply-metadata.ts';
export type { Dependency, DependencyTimes } from './server/dependencies.ts';
export { servingHere } from './serving.ts';
export { COMMON_VARIABLES, nearestVariable, Settings } from './settings.ts';
export { SERVICE_HEADER, VERSION_HEADER } from './server/health-service.ts';
export { ownVersion } from './version.ts';
export {
  callerCancelled,
  deadlineExceeded,
  RPC_DOMAIN,
  serverDraining,
  StatusError,
  WATCH_ENDED,
  type FieldViolation,
} from './status-error.ts';
export { untilAborted } from './async-iteration.ts';
