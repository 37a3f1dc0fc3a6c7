import { status } from '@grpc/grpc-js';
import { RPC_DOMAIN, StatusError } from './status-error.ts';

/** Large enough that what each message costs does not count, small enough that nobody holds much of a stream. */
export const CHUNK_BYTES = 64 << 10;

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * Cuts bytes, or a stream of them, into pieces of at most `maxBytes`: without copying, and without reading ahead of who
 * takes them. Smaller pieces stay as they are, so that nothing waits; empty ones are left out.
 */
export async function* chunksOf(bytes: Uint8Array | Pieces, maxBytes = CHUNK_BYTES): AsyncGenerator<Buffer, void> {
  if (!(Number.isInteger(maxBytes) && maxBytes >= 1)) throw new RangeError(`chunks of ${maxBytes} bytes`);
  for await (const { buffer, byteOffset, byteLength } of bytes instanceof Uint8Array ? [bytes] : bytes) {
    for (let at = 0; at < byteLength; at += maxBytes)
      yield Buffer.from(buffer, byteOffset + at, Math.min(maxBytes, byteLength - at));
  }
}

/** All bytes of a stream that a caller sends, in one piece. More than `maxBytes` are refused before they are held. */
export async function joinChunks(chunks: Pieces, maxBytes: number): Promise<Buffer> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (!(size <= maxBytes)) throw tooManyBytes(maxBytes);
    held.push(chunk);
  }
  return Buffer.concat(held, size);
}

const tooManyBytes = (maxBytes: number): StatusError =>
  new StatusError(status.INVALID_ARGUMENT, 'TOO_MANY_BYTES', `the stream has more than ${maxBytes} bytes`, {
    domain: RPC_DOMAIN,
    metadata: { max_bytes: String(maxBytes) },
  });
