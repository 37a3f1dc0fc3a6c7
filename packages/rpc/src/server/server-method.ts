import type { MethodDefinition } from '@grpc/grpc-js';
import { serialize } from '../codec.ts';
import { methodPath, type GenericMethod, type GenericService, type MessageType } from '../generic-definition.ts';
import type { StatusError } from '../status-error.ts';
import { malformedRequest, type RequestCheck } from '../validation.ts';

/** A request as it comes out of the codec: a value, or why it is none. Throwing there would become INTERNAL. */
export type Received<T> = ({ value: T } | { refused: StatusError }) & {
  /** Length of the message as it came. */
  readonly byteLength: number;
};

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
