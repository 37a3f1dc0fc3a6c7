import { Client, compressionAlgorithms, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import {
  methodPath,
  RemoteError,
  type GenericMethod,
  type GenericService,
  type PartialMessage,
  type RequestOf,
} from '@exempla/rpc';

/** One call as it goes on the wire. Nothing is checked, completed or added on this side. */
export interface BareCall {
  path: string;
  requestStream: boolean;
  responseStream: boolean;
  /** Encoded requests; a method without a client stream sends the first. */
  requests: readonly Uint8Array[];
  decode: (bytes: Buffer) => unknown;
  /** Absent: the call carries no deadline. */
  deadlineMs?: number;
  metadata?: Readonly<Record<string, string>>;
}

type Codec<T> = { encode(message: T): { finish(): Uint8Array }; fromPartial(partial: never): T; decode(b: Buffer): T };
/** A request as a partial message, or as bytes that stand for themselves. */
export type RequestTo<M extends GenericMethod> = PartialMessage<RequestOf<M>> | Uint8Array;
export type CallOptions = Pick<BareCall, 'deadlineMs' | 'metadata'>;

/** A call of a method; a client stream takes a list of requests. */
export function bareCall<S extends GenericService, M extends keyof S['methods'] & string>(
  service: S,
  name: M,
  requests: RequestTo<S['methods'][M]> | readonly RequestTo<S['methods'][M]>[],
  options: CallOptions = { deadlineMs: 10_000 },
): BareCall {
  const method = service.methods[name] as GenericMethod;
  const list = Array.isArray(requests) ? requests : [requests];
  return {
    path: methodPath(service, method),
    requestStream: method.requestStream,
    responseStream: method.responseStream,
    requests: list.map((request: unknown) =>
      request instanceof Uint8Array ? request : encode(method.requestType as Codec<unknown>, request as never),
    ),
    decode: (bytes) => (method.responseType as Codec<unknown>).decode(bytes),
    ...options,
  };
}

const encode = (codec: Codec<unknown>, partial: never): Uint8Array => codec.encode(codec.fromPartial(partial)).finish();

/** What came of a call, as a caller sees it. */
export interface Outcome {
  /** Name of the status. */
  code: string;
  /** ErrorInfo.reason; empty when the status carries no details. */
  reason: string;
  domain: string;
  /** Paths in BadRequest. */
  fields: string[];
  message: string;
  metadata: Readonly<Record<string, string>>;
  replies: unknown[];
}

/** A client of grpc-js as it is; `gzip` makes it compress what it sends. */
export const openBare = (address: string, { gzip = false } = {}): Client =>
  new Client(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    'grpc.enable_retries': 0,
    ...(gzip && { 'grpc.default_compression_algorithm': compressionAlgorithms.gzip }),
  });

/** Makes the call by grpc-js alone and waits for its status. */
export function makeCall(client: Client, call: BareCall): Promise<Outcome> {
  const replies: unknown[] = [];
  return new Promise((resolve) => {
    const settle = (error: ServiceError | null): void => resolve(outcomeOf(call, error, replies));
    const answered = (error: ServiceError | null, reply?: unknown): void => {
      if (!error) replies.push(reply);
      settle(error);
    };
    const metadata = new Metadata();
    for (const [key, value] of Object.entries(call.metadata ?? {})) metadata.set(key, value);
    const options = call.deadlineMs === undefined ? {} : { deadline: Date.now() + call.deadlineMs };
    const first = call.requests[0] ?? new Uint8Array();
    const codecs = [(bytes: Uint8Array) => Buffer.from(bytes), call.decode] as const;
    if (call.requestStream) {
      const stream = client.makeClientStreamRequest(call.path, ...codecs, metadata, options, answered);
      // A server that refuses early ends the call while messages are still being written; the status tells.
      stream.on('error', () => {});
      for (const request of call.requests) stream.write(request);
      stream.end();
    } else if (call.responseStream) {
      const stream = client.makeServerStreamRequest(call.path, ...codecs, first, metadata, options);
      stream.on('data', (reply: unknown) => replies.push(reply));
      stream.on('error', (error: ServiceError) => settle(error));
      stream.on('end', () => settle(null));
    } else {
      client.makeUnaryRequest(call.path, ...codecs, first, metadata, options, answered);
    }
  });
}

function outcomeOf(call: BareCall, error: ServiceError | null, replies: unknown[]): Outcome {
  if (!error) return { code: 'OK', reason: '', domain: '', fields: [], message: '', metadata: {}, replies };
  const { code, reason, domain, message, metadata, details } = RemoteError.from(call.path, error);
  const fields = (details.violations ?? []).map(({ field }) => field);
  return { code: status[code] ?? String(code), reason, domain, fields, message, metadata, replies };
}
