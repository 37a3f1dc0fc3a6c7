import type { ServiceError } from '@grpc/grpc-js';
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import { RemoteError } from '../remote-error.ts';
import type { Channel } from './channel.ts';

/** `grpc.health.v1.HealthCheckResponse.ServingStatus`. */
export type ServingStatus = 'UNKNOWN' | 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';
const STATUSES: readonly ServingStatus[] = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];
const PATH = '/grpc.health.v1.Health/Check';

/** Asks a server for its health; the empty name means the server as a whole. Rejects when it does not answer in time. */
export function checkHealth(channel: Channel, { service = '', timeoutMs = 1_000 } = {}): Promise<ServingStatus> {
  const serialize = (name: string): Buffer => Buffer.from(new BinaryWriter().uint32(10).string(name).finish());
  return new Promise((resolve, reject) => {
    channel.grpc.makeUnaryRequest(
      PATH,
      serialize,
      readStatus,
      service,
      { deadline: Date.now() + timeoutMs },
      (error: ServiceError | null, value?: ServingStatus) => {
        if (error) reject(RemoteError.from('grpc.health.v1.Health/Check', error));
        else resolve(value ?? 'UNKNOWN');
      },
    );
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
