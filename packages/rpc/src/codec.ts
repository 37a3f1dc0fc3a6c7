import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { MethodDefinition } from '@grpc/grpc-js';
import { methodPath, type GenericMethod, type GenericService, type MessageType } from './generic-definition.ts';
import type { StatusError } from './status-error.ts';
import { malformedRequest, type RequestCheck } from './validation.ts';

/** A request as it comes out of the codec: a value, or why it is none. Throwing there would become INTERNAL. */
export type Received<T> = ({ value: T } | { refused: StatusError }) & {
  /** Length of the message as it came. */
  readonly byteLength: number;
};

/** A writer that grew beyond this is let go: one large message must not hold its memory for good. */
const MAX_KEPT_BYTES = 1 << 20;

/**
 * Encodes with one writer for all messages of a type: a new one grows by doubling, and for a chunk of a stream that is as
 * much work as the copy itself. Encoding is synchronous, so nobody else is at it meanwhile.
 */
function serialize(type: MessageType): (message: unknown) => Buffer {
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

const receive =
  (type: MessageType, check: RequestCheck | undefined) =>
  (bytes: Buffer): Received<unknown> => {
    const checked = check ? check(bytes) : { bytes };
    const byteLength = bytes.length;
    if ('refused' in checked) return { refused: checked.refused, byteLength };
    try {
      return { value: type.decode(checked.bytes), byteLength };
    } catch {
      return { refused: malformedRequest(), byteLength };
    }
  };

/** The grpc-js definition of a method as a server needs it: requests decoded and checked, replies encoded already. */
export function serverMethod(
  service: GenericService,
  method: GenericMethod,
  check?: RequestCheck,
): MethodDefinition<unknown, unknown> {
  const request = method.requestType as MessageType;
  const response = method.responseType as MessageType;
  return {
    path: methodPath(service, method),
    requestStream: method.requestStream,
    responseStream: method.responseStream,
    requestSerialize: serialize(request),
    requestDeserialize: receive(request, check),
    responseSerialize: (bytes) => bytes as Buffer,
    responseDeserialize: (bytes) => response.decode(bytes),
  };
}

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
