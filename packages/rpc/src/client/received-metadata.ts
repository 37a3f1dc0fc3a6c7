import type { Metadata, StatusObject } from '@grpc/grpc-js';
import type { ReadonlyMetadata } from '../metadata.ts';

/**
 * What a server sends beside its replies. Handed to a call as `received` it is filled in: `headers` before the first
 * reply, `trailers` when the call has ended, also when it failed.
 */
export class ReceivedMetadata {
  headers: ReadonlyMetadata | undefined;
  trailers: ReadonlyMetadata | undefined;
}

interface MetadataSource {
  on(event: 'metadata', listener: (headers: Metadata) => void): unknown;
  on(event: 'status', listener: (status: StatusObject) => void): unknown;
}

/** Keeps what comes with `call` in `received`, where somebody wants it. */
export function keepMetadata(call: MetadataSource, received: ReceivedMetadata | undefined): void {
  if (!received) return;
  call.on('metadata', (headers) => (received.headers = headers));
  call.on('status', ({ metadata }) => (received.trailers = metadata));
}
