import type { ServiceError } from '@grpc/grpc-js';
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import { RemoteError } from '../remote-error.ts';
import type { Channel } from './channel.ts';
import { keepMetadata, type ReceivedMetadata } from './received-metadata.ts';

/** `grpc.health.v1.HealthCheckResponse.ServingStatus`. */
export type ServingStatus = 'UNKNOWN' | 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';
const STATUSES: readonly ServingStatus[] = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];
const PATH = '/grpc.health.v1.Health/Check';

/** Metadata of every Check: who answers. */
export const SERVICE_HEADER = 'exempla-service';
export const VERSION_HEADER = 'exempla-version';

export interface HealthOptions {
  /** `package.Service`; empty means the server as a whole. */
  service?: string;
  timeoutMs?: number;
  /** Aborting it gives up. */
  signal?: AbortSignal;
  /** Filled in with the metadata of the answer: a server of ours says which service and version it is. */
  received?: ReceivedMetadata;
}

/** Asks a server for its health. Rejects when it does not answer in time. */
export function checkHealth(
  channel: Channel,
  { service = '', timeoutMs = 1_000, signal, received }: HealthOptions = {},
): Promise<ServingStatus> {
  const serialize = (name: string): Buffer => Buffer.from(new BinaryWriter().uint32(10).string(name).finish());
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const giveUp = (): void => call.cancel();
    const call = channel.grpc.makeUnaryRequest(
      PATH,
      serialize,
      readStatus,
      service,
      { deadline: Date.now() + timeoutMs },
      (error: ServiceError | null, value?: ServingStatus) => {
        signal?.removeEventListener('abort', giveUp);
        if (signal?.aborted) reject(signal.reason as Error);
        else if (error) reject(RemoteError.from('grpc.health.v1.Health/Check', error));
        else resolve(value ?? 'UNKNOWN');
      },
    );
    signal?.addEventListener('abort', giveUp, { once: true });
    keepMetadata(call, received);
  });
}

function readStatus(bytes: Buffer): ServingStatus {
  const reader = new BinaryReader(bytes);
  let value = 0;
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) value = reader.int32();
    else reader.skip(tag & 7);
  }
  return STATUSES[value] ?? 'UNKNOWN';
}
