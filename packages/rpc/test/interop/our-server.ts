import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Module } from '@nestjs/common';
import { recordingLogger } from '@exempla/testing';
import { RpcMethod, startServer, StatusError, type CallContext } from '../../src/index.ts';
import type { Empty } from '../gen/grpc/testing/empty.ts';
import type {
  EchoStatus,
  SimpleRequest,
  SimpleResponse,
  StreamingInputCallRequest,
  StreamingInputCallResponse,
  StreamingOutputCallRequest,
  StreamingOutputCallResponse,
} from '../gen/grpc/testing/messages.ts';
import { TestServiceDefinition } from '../gen/grpc/testing/test.ts';
import { ECHO_INITIAL, ECHO_TRAILING } from './cases.ts';
import type { InteropServer } from './peers.ts';

const { unimplementedCall: _, ...implemented } = TestServiceDefinition.methods;
/** The bootstrap insists on a handler for every method it is given. */
const ServedDefinition = { ...TestServiceDefinition, methods: implemented };

export const IMAGE = new URL('../gen/interop.binpb', import.meta.url);

/** Calls by their request id, which is the name of their case. */
export class Calls {
  readonly contexts = new Map<string, CallContext>();
  /** Messages that the handler of an upload has read. */
  readonly partsOf = new Map<string, number>();
  /** Uploads whose handler read an end. */
  readonly whole = new Set<string>();
  /** Reasons for which signals aborted. */
  readonly ends = new Map<string, string>();

  add(context: CallContext): void {
    this.contexts.set(context.requestId, context);
    context.signal.addEventListener(
      'abort',
      () => this.ends.set(context.requestId, (context.signal.reason as StatusError).reason),
      { once: true },
    );
  }
}

const payloadOf = (bytes: number): { body: Buffer } => ({ body: Buffer.alloc(bytes) });

/** As custom_metadata asks: what came is sent back, in front of the replies and behind them. */
function echo({ metadata, reply }: CallContext): void {
  for (const value of metadata.get(ECHO_INITIAL)) reply.header(ECHO_INITIAL, value);
  for (const value of metadata.get(ECHO_TRAILING)) reply.trailer(ECHO_TRAILING, value);
}

function refuse(asked: EchoStatus | undefined): void {
  if (asked && asked.code !== 0) throw new StatusError(asked.code, 'ASKED_FOR', asked.message);
}

async function* repliesTo(
  { responseParameters, responseStatus }: StreamingOutputCallRequest,
  { signal }: CallContext,
): AsyncGenerator<StreamingOutputCallResponse> {
  for (const { size, intervalUs } of responseParameters) {
    if (intervalUs > 0) await sleep(intervalUs / 1000, undefined, { signal });
    yield { payload: payloadOf(size) };
  }
  refuse(responseStatus);
}

function controllerFor(calls: Calls): new () => object {
  @Controller()
  class TestServiceController {
    @RpcMethod(ServedDefinition, 'emptyCall')
    async emptyCall(_request: Empty, context: CallContext): Promise<Empty> {
      calls.add(context);
      return {};
    }

    @RpcMethod(ServedDefinition, 'unaryCall')
    async unaryCall({ responseSize, responseStatus }: SimpleRequest, context: CallContext): Promise<SimpleResponse> {
      calls.add(context);
      echo(context);
      refuse(responseStatus);
      return { payload: payloadOf(responseSize) };
    }

    @RpcMethod(ServedDefinition, 'streamingInputCall')
    async streamingInputCall(
      requests: AsyncIterable<StreamingInputCallRequest>,
      context: CallContext,
    ): Promise<StreamingInputCallResponse> {
      calls.add(context);
      let aggregatedPayloadSize = 0;
      const { requestId } = context;
      for await (const { payload } of requests) {
        aggregatedPayloadSize += payload?.body.length ?? 0;
        calls.partsOf.set(requestId, (calls.partsOf.get(requestId) ?? 0) + 1);
      }
      calls.whole.add(requestId);
      return { aggregatedPayloadSize };
    }

    @RpcMethod(ServedDefinition, 'streamingOutputCall')
    async *streamingOutputCall(
      request: StreamingOutputCallRequest,
      context: CallContext,
    ): AsyncGenerator<StreamingOutputCallResponse> {
      calls.add(context);
      yield* repliesTo(request, context);
    }

    @RpcMethod(ServedDefinition, 'fullDuplexCall')
    async *fullDuplexCall(
      requests: AsyncIterable<StreamingOutputCallRequest>,
      context: CallContext,
    ): AsyncGenerator<StreamingOutputCallResponse> {
      calls.add(context);
      echo(context);
      for await (const request of requests) yield* repliesTo(request, context);
    }
  }
  return TestServiceController;
}

export interface OurServer extends InteropServer {
  readonly calls: Calls;
  inFlight(): number;
}

/** The test service behind the product's own bootstrap. */
export async function startOurs(): Promise<OurServer> {
  const calls = new Calls();
  @Module({ controllers: [controllerFor(calls)] })
  class TestServiceModule {}
  const server = await startServer({
    service: 'interop',
    host: '127.0.0.1',
    port: 0,
    module: TestServiceModule,
    definitions: [ServedDefinition],
    image: await readFile(IMAGE),
    errors: { domain: 'interop.test', codes: {} },
    logger: recordingLogger('interop').logger,
    env: { EXEMPLA_DEV: '1' },
    drainNoticeMs: 0,
  });
  return {
    target: `127.0.0.1:${server.port}`,
    calls,
    inFlight: () => server.inFlight(),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}
