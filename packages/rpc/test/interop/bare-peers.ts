import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  credentials,
  Metadata,
  Server,
  ServerCredentials,
  type ClientReadableStream,
  type ClientUnaryCall,
  type ClientWritableStream,
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type MethodDefinition,
  type ServerWritableStream,
  type ServiceDefinition,
  type StatusObject,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { CallOptions, GenericService, MetadataValue } from '../../src/index.ts';
import { ECHO_INITIAL, ECHO_TRAILING } from './cases.ts';
import type {
  SimpleRequest,
  SimpleResponse,
  StreamingInputCallRequest,
  StreamingInputCallResponse,
  StreamingOutputCallRequest,
  StreamingOutputCallResponse,
} from '../gen/grpc/testing/messages.ts';
import { TestServiceDefinition, UnimplementedServiceDefinition } from '../gen/grpc/testing/test.ts';
import { channelOptions, type Connect, type InteropClient, type InteropServer } from './peers.ts';

/** grpc-js with generated codecs, and nothing of ours. */
interface Codec {
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
  fromPartial(message: unknown): unknown;
}

function methodsOf(service: GenericService): Record<string, MethodDefinition<unknown, unknown>> {
  const entries = Object.entries(service.methods).map(([key, method]) => {
    const [request, response] = [method.requestType as Codec, method.responseType as Codec];
    const definition: MethodDefinition<unknown, unknown> = {
      path: `/${service.fullName}/${method.name}`,
      requestStream: method.requestStream,
      responseStream: method.responseStream,
      requestSerialize: (message) => Buffer.from(request.encode(request.fromPartial(message)).finish()),
      requestDeserialize: (bytes) => request.decode(bytes),
      responseSerialize: (message) => Buffer.from(response.encode(response.fromPartial(message)).finish()),
      responseDeserialize: (bytes) => response.decode(bytes),
    };
    return [key, definition] as const;
  });
  return Object.fromEntries(entries);
}

export const connectBare: Connect = (target, options) => {
  const client = new Client(target, credentials.createInsecure(), channelOptions(options));
  return {
    test: callsOf(client, TestServiceDefinition) as unknown as InteropClient['test'],
    unimplemented: callsOf(client, UnimplementedServiceDefinition) as unknown as InteropClient['unimplemented'],
    close: () => client.close(),
  };
};

type Call = (request: unknown, options?: CallOptions) => unknown;

function callsOf(client: Client, service: GenericService): Record<string, Call> {
  return Object.fromEntries(Object.entries(methodsOf(service)).map(([key, method]) => [key, callOf(client, method)]));
}

function callOf(client: Client, method: MethodDefinition<unknown, unknown>): Call {
  const { path, requestSerialize: encode, responseDeserialize: decode, requestStream, responseStream } = method;
  return (request, options = {}) => {
    const metadata = metadataOf(options);
    const limits = { deadline: Date.now() + (options.timeoutMs ?? 10_000) };
    const { received } = options;
    const cancelling = <C extends ClientUnaryCall>(call: C): C => {
      options.signal?.addEventListener('abort', () => call.cancel(), { once: true });
      call.on('metadata', (headers: Metadata) => received && (received.headers = headers));
      call.on('status', (ended: StatusObject) => received && (received.trailers = ended.metadata));
      return call;
    };
    if (responseStream) {
      if (!requestStream)
        return readAll(cancelling(client.makeServerStreamRequest(path, encode, decode, request, metadata, limits)));
      const call = cancelling(client.makeBidiStreamRequest(path, encode, decode, metadata, limits));
      void writeAll(request as AsyncIterable<unknown>, call);
      return readAll(call);
    }
    return new Promise((resolve, reject) => {
      const done = (error: Error | null, reply?: unknown): void => (error ? reject(error) : resolve(reply));
      if (!requestStream) {
        cancelling(client.makeUnaryRequest(path, encode, decode, request, metadata, limits, done));
        return;
      }
      const call = cancelling(client.makeClientStreamRequest(path, encode, decode, metadata, limits, done));
      void writeAll(request as AsyncIterable<unknown>, call);
    });
  };
}

function metadataOf({ requestId, metadata: more }: CallOptions): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(more ?? {})) metadata.set(name, value as MetadataValue);
  if (requestId !== undefined) metadata.set('x-request-id', requestId);
  return metadata;
}

async function* readAll(call: ClientReadableStream<unknown>): AsyncGenerator<unknown> {
  for await (const reply of call) yield reply;
}

async function writeAll(requests: AsyncIterable<unknown>, call: ClientWritableStream<unknown>): Promise<void> {
  for await (const request of requests) if (!call.write(request)) await once(call, 'drain');
  call.end();
}

const payloadOf = (bytes: number): { body: Buffer } => ({ body: Buffer.alloc(bytes) });

const emptyCall: handleUnaryCall<unknown, unknown> = (_call, reply) => reply(null, {});

/** Sends the text back that came, and gives the bytes to send behind the replies. */
function echo(call: { metadata: Metadata; sendMetadata(headers: Metadata): void }): Metadata {
  const [headers, trailers] = [new Metadata(), new Metadata()];
  for (const value of call.metadata.get(ECHO_INITIAL)) headers.add(ECHO_INITIAL, value);
  for (const value of call.metadata.get(ECHO_TRAILING)) trailers.add(ECHO_TRAILING, value);
  call.sendMetadata(headers);
  return trailers;
}

const unaryCall: handleUnaryCall<SimpleRequest, SimpleResponse> = (call, reply) => {
  const { responseStatus: asked, responseSize } = call.request;
  const trailers = echo(call);
  if (asked?.code) reply({ code: asked.code, details: asked.message });
  else reply(null, { payload: payloadOf(responseSize) }, trailers);
};

const streamingInputCall: handleClientStreamingCall<StreamingInputCallRequest, StreamingInputCallResponse> = (
  call,
  reply,
) => {
  let aggregatedPayloadSize = 0;
  call.on('data', ({ payload }: StreamingInputCallRequest) => (aggregatedPayloadSize += payload?.body.length ?? 0));
  call.on('end', () => reply(null, { aggregatedPayloadSize }));
};

/** Answers one request; false when that has ended the call. */
async function answer(
  { responseParameters, responseStatus: asked }: StreamingOutputCallRequest,
  call: Pick<ServerWritableStream<unknown, StreamingOutputCallResponse>, 'write' | 'emit'>,
  signal: AbortSignal,
): Promise<boolean> {
  for (const { size, intervalUs } of responseParameters) {
    if (intervalUs > 0) await sleep(intervalUs / 1000, undefined, { signal });
    call.write({ payload: payloadOf(size) });
  }
  if (asked?.code) call.emit('error', { code: asked.code, details: asked.message });
  return !asked?.code;
}

const cancelledSignal = (call: { on(event: 'cancelled', listener: () => void): unknown }): AbortSignal => {
  const cancelled = new AbortController();
  call.on('cancelled', () => cancelled.abort());
  return cancelled.signal;
};

/** Whoever cancelled the call waits for nothing of it. */
const unlessCancelled = (signal: AbortSignal) => (error: unknown) => {
  if (!signal.aborted) throw error;
};

const streamingOutputCall: handleServerStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> = (
  call,
) => {
  const signal = cancelledSignal(call);
  const work = async (): Promise<void> => {
    if (await answer(call.request, call, signal)) call.end();
  };
  void work().catch(unlessCancelled(signal));
};

const fullDuplexCall: handleBidiStreamingCall<StreamingOutputCallRequest, StreamingOutputCallResponse> = (call) => {
  const signal = cancelledSignal(call);
  const trailers = echo(call);
  const work = async (): Promise<void> => {
    const requests = call.iterator({ destroyOnReturn: false }) as AsyncIterable<StreamingOutputCallRequest>;
    for await (const request of requests) if (!(await answer(request, call, signal))) return;
    call.end(trailers);
  };
  void work().catch(unlessCancelled(signal));
};

/** The test service on grpc-js alone. */
export async function startBare(): Promise<InteropServer> {
  const server = new Server();
  const { unimplementedCall: _, ...methods } = methodsOf(TestServiceDefinition);
  const handlers = { emptyCall, unaryCall, streamingInputCall, streamingOutputCall, fullDuplexCall };
  server.addService(methods as ServiceDefinition, handlers as unknown as UntypedServiceImplementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const stop = async (): Promise<void> => server.forceShutdown();
  return { target: `127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
}
