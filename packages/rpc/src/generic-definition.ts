import type { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';

/** What ts-proto generates for a message (`outputServices=generic-definitions`). */
export interface MessageType<T = unknown> {
  encode(message: T, writer?: BinaryWriter): BinaryWriter;
  decode(input: BinaryReader | Uint8Array, length?: number): T;
  fromPartial(object: never): T;
}

export interface GenericMethod {
  readonly name: string;
  readonly requestType: unknown;
  readonly requestStream: boolean;
  readonly responseType: unknown;
  readonly responseStream: boolean;
  readonly options?: {
    readonly idempotencyLevel?: string;
    readonly _unknownFields?: Readonly<Record<string, readonly Uint8Array[]>>;
  };
}

/** A service as ts-proto's generic definitions describe it. */
export interface GenericService {
  readonly name: string;
  readonly fullName: string;
  readonly methods: Readonly<Record<string, GenericMethod>>;
}

type MessageOf<T> = T extends { decode(input: BinaryReader | Uint8Array, length?: number): infer M } ? M : never;
export type RequestOf<M extends GenericMethod> = MessageOf<M['requestType']>;
export type ResponseOf<M extends GenericMethod> = MessageOf<M['responseType']>;

/** `/package.Service/Method`, the path of a method on the wire. */
export const methodPath = (service: GenericService, method: GenericMethod): string =>
  `/${service.fullName}/${method.name}`;

/** `package.Service/Method`, the name of a method for people. */
export const methodName = (service: GenericService, method: GenericMethod): string =>
  `${service.fullName}/${method.name}`;
