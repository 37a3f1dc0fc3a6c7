import type { status } from '@grpc/grpc-js';
import type { GenericMethod, GenericService } from '@exempla/rpc';
import { bareCall, type BareCall, type CallOptions, type RequestTo } from '../bare-call.ts';
import type { ServiceName } from '../test-mesh.ts';

/** What was made before the first row, for rows about things that exist. */
export interface Made {
  /** `definitions/…` of the term `estuary`. */
  definition: string;
  /** Request id and term of a definition. */
  request: { id: string; term: string };
  /** `objects/…` that is there. */
  object: string;
}

export interface Row {
  case: string;
  at: ServiceName;
  call: (made: Made) => BareCall;
  /** Sent compressed. */
  gzip?: true;
  code: keyof typeof status;
  /** ErrorInfo.reason; absent: the status carries no details. */
  reason?: string;
  /** Paths in BadRequest; absent: there is no BadRequest. */
  fields?: readonly string[];
}

/** Rows of one service. */
export type Rows = readonly Omit<Row, 'at'>[];

export const at = (service: ServiceName, rows: Rows): Row[] => rows.map((row) => ({ at: service, ...row }));

/** Makes the `call` of rows about a service. */
export const callsTo =
  <S extends GenericService>(service: S) =>
  <M extends keyof S['methods'] & string>(
    name: M,
    requests: Requests<S['methods'][M]> | ((made: Made) => Requests<S['methods'][M]>),
    options?: CallOptions,
  ): Row['call'] =>
  (made) =>
    bareCall(service, name, isMade(requests) ? requests(made) : requests, options);

const isMade = <R>(requests: R | ((made: Made) => R)): requests is (made: Made) => R => typeof requests === 'function';

type Requests<M extends GenericMethod> = RequestTo<M> | readonly RequestTo<M>[];

/** INVALID_ARGUMENT by the rules of the proto, at these fields. */
export const invalid = (...fields: string[]) =>
  ({ code: 'INVALID_ARGUMENT', reason: 'INVALID_REQUEST', fields }) as const;

/** INVALID_ARGUMENT for bytes that are no message: there is no field to name. */
export const malformed = { code: 'INVALID_ARGUMENT', reason: 'MALFORMED_REQUEST' } as const;

export const ok = { code: 'OK' } as const;

/** Statuses that grpc-js makes by itself carry no details. */
export const bare = (code: Row['code']) => ({ code }) as const;

/** Bytes on the wire that no generated codec would write. */
export const wire = {
  /** Field 1, a string of two bytes that are no UTF-8. */
  badUtf8: Buffer.from([0x0a, 0x02, 0xc3, 0x28]),
  /** Field 1 is said to be 100 bytes long and ends after one. */
  truncated: Buffer.from([0x0a, 0x64, 0x61]),
  /** Field 1 as a number where a string belongs. */
  wrongType: Buffer.from([0x08, 0x96, 0x01]),
  fieldZero: Buffer.from([0x02, 0x01, 0x61]),
  /** A number that never ends. */
  endlessVarint: Buffer.alloc(64, 0xff),
  /** Groups within groups, deeper than any stack. */
  deepGroups: Buffer.alloc(200_000, 0x0b),
  noise: Buffer.from('the quick brown fox jumps over the lazy dog'),
  /** Field 1 a string of 5 MiB: above the 4 MiB that a server takes. */
  oversize: Buffer.concat([Buffer.from([0x0a, 0x80, 0x80, 0xc0, 0x02]), Buffer.alloc(5 << 20, 0x61)]),
  /** Field 127, unknown to every message of ours. */
  unknownField: Buffer.from([0xfa, 0x07, 0x03, 0x6e, 0x65, 0x77]),
};

/** Field 1 set to `text`, with a field behind it that no server knows. */
export const withUnknownField = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0x0a, Buffer.byteLength(text)]), Buffer.from(text), wire.unknownField]);
