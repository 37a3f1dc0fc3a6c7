import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { GenericMethod, MessageType } from './generic-definition.ts';

/** A writer that grew beyond this is let go: one large message must not hold its memory for good. */
const MAX_KEPT_BYTES = 1 << 20;

/**
 * Encodes with one writer for all messages of a type: a new one grows by doubling, and for a chunk of a stream that is as
 * much work as the copy itself. Encoding is synchronous, so nobody else is at it meanwhile.
 */
export function serialize(type: MessageType): (message: unknown) => Buffer {
  let kept: BinaryWriter | undefined;
  return (message) => {
    const writer = kept ?? new BinaryWriter();
    // Not kept when encoding throws: half a message would stay in it.
    kept = undefined;
    const bytes = type.encode(message, writer).finish();
    if (bytes.length <= MAX_KEPT_BYTES) kept = writer;
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

/** Encodes replies of a method. Our own step and not grpc-js's: a reply that cannot be encoded is a failure like any. */
export const replyEncoder = (method: GenericMethod): ((message: unknown) => Buffer) =>
  serialize(method.responseType as MessageType);

export interface ClientCodec {
  serialize: (message: unknown) => Buffer;
  deserialize: (bytes: Buffer) => unknown;
}

/** Encodes requests and decodes replies of a method. */
export function clientCodec(method: GenericMethod): ClientCodec {
  const response = method.responseType as MessageType;
  const request = method.requestType as MessageType;
  const encode = serialize(request);
  return {
    serialize: (message) => encode(request.fromPartial(message as never)),
    deserialize: (bytes) => response.decode(bytes),
  };
}
