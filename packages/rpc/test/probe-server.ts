import { readFile } from 'node:fs/promises';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { Controller, Module } from '@nestjs/common';
import { gate, recordingLogger, type Gate, type RecordingLogger } from '@exempla/testing';
import {
  createClient,
  openChannel,
  RpcMethod,
  startServer,
  type CallContext,
  type Channel,
  type RpcClient,
  type RunningServer,
  type ServeOptions,
} from '../src/index.ts';
import {
  AskRequest,
  AskResponse,
  ProbeServiceDefinition,
  type CountRequest,
  type CountResponse,
  type EchoRequest,
  type EchoResponse,
  type SumRequest,
  type SumResponse,
  type WatchRequest,
} from './gen/exempla/rpctest/v1/probe_service.ts';
import { behaviours, RoomError } from './probe-behaviours.ts';

/** What the handlers did, for the tests to look at. */
export class Probe {
  client!: RpcClient<typeof ProbeServiceDefinition>;
  contexts: CallContext[] = [];
  /** Opens when a handler that waits for its signal has begun. */
  waiting: Gate = gate();
  /** Opens with the reason when such a handler's signal aborted. */
  aborted: Gate<unknown> = gate<unknown>();
  produced = 0;
  consumed = 0;
  finallyRan: Gate = gate();
  /** Where each watch began. */
  watchedAfter: number[] = [];
  /** Handlers of `held` stand here. */
  release: Gate = gate();
}

function controllerFor(probe: Probe): new () => object {
  @Controller()
  class ProbeController {
    @RpcMethod(ProbeServiceDefinition, 'ask')
    async ask(request: AskRequest, context: CallContext): Promise<AskResponse> {
      probe.contexts.push(context);
      // As a bug would: no message at all.
      if (request.behaviour === 'unencodable') return undefined as unknown as AskResponse;
      const left = Math.round(context.deadline.remainingMs());
      const text = await behaviours[request.behaviour]!(probe, context);
      return { text, deadlineLeftMs: BigInt(left) };
    }

    @RpcMethod(ProbeServiceDefinition, 'read')
    async read(request: AskRequest, context: CallContext): Promise<AskResponse> {
      return this.ask(request, context);
    }

    @RpcMethod(ProbeServiceDefinition, 'askAll')
    async askAll(request: AskRequest, context: CallContext): Promise<AskResponse> {
      return this.ask(request, context);
    }

    @RpcMethod(ProbeServiceDefinition, 'watch')
    async *watch({ after }: WatchRequest, { signal }: CallContext): AsyncGenerator<CountResponse> {
      probe.watchedAfter.push(after);
      if (after < 0) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      for (let value = after + 1; !signal.aborted; value += 1) {
        yield { value, payload: Buffer.alloc(0) };
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }

    @RpcMethod(ProbeServiceDefinition, 'count')
    async *count(request: CountRequest, context: CallContext): AsyncGenerator<CountResponse> {
      probe.contexts.push(context);
      try {
        for (let value = 1; value <= Math.abs(request.to); value += 1) {
          if (request.failAfter > 0 && value > request.failAfter)
            throw new RoomError('THING_MISSING', 'ran out of things');
          probe.produced = value;
          // As a bug would: no int32.
          if (request.to === -value) yield { value: NaN, payload: Buffer.alloc(0) };
          yield { value, payload: Buffer.alloc(request.payloadBytes) };
        }
      } finally {
        probe.finallyRan.open();
      }
    }

    @RpcMethod(ProbeServiceDefinition, 'sum')
    async sum(requests: AsyncIterable<SumRequest>, context: CallContext): Promise<SumResponse> {
      let total = 0n;
      for await (const { value } of requests) {
        if (value === 999) {
          probe.waiting.open();
          await new Promise((resolve) => context.signal.addEventListener('abort', resolve, { once: true }));
          probe.aborted.open(context.signal.reason);
        }
        if (value === 1000) return { total };
        total += BigInt(value);
        probe.consumed += 1;
      }
      return { total };
    }

    @RpcMethod(ProbeServiceDefinition, 'echo')
    async *echo(requests: AsyncIterable<EchoRequest>): AsyncGenerator<EchoResponse> {
      for await (const { text } of requests) yield { text };
    }
  }
  return ProbeController;
}

export interface ProbeSetup extends AsyncDisposable {
  probe: Probe;
  server: RunningServer;
  channel: Channel;
  client: RpcClient<typeof ProbeServiceDefinition>;
  log: RecordingLogger;
  /** A bare grpc-js client, without anything of ours. */
  bare: Client;
}

export const probeImage = (): Promise<Uint8Array> => readFile(new URL('./gen/probe.binpb', import.meta.url));

/** The probe service on a free port, with a client of ours and a bare one. */
export async function startProbe(
  options: { env?: NodeJS.ProcessEnv; drainLimitMs?: number; serve?: Partial<ServeOptions> } = {},
): Promise<ProbeSetup> {
  const probe = new Probe();
  const log = recordingLogger('probe');
  @Module({ controllers: [controllerFor(probe)] })
  class ProbeModule {}
  const server = await startServer({
    service: 'probe',
    host: '127.0.0.1',
    port: 0,
    module: ProbeModule,
    definitions: [ProbeServiceDefinition],
    image: await probeImage(),
    errors: { domain: 'probe.test', codes: { THING_MISSING: status.NOT_FOUND, THING_WRONG: status.INVALID_ARGUMENT } },
    logger: log.logger,
    env: options.env ?? { EXEMPLA_DEV: '1' },
    drainNoticeMs: 0,
    drainLimitMs: options.drainLimitMs ?? 2_000,
    ...options.serve,
  });
  const target = `127.0.0.1:${server.port}`;
  const channel = openChannel(target);
  const client = createClient(ProbeServiceDefinition, channel);
  probe.client = client;
  const bare = new Client(target, credentials.createInsecure());
  const dispose = async (): Promise<void> => {
    channel.close();
    bare.close();
    await server.stop();
  };
  return { probe, server, channel, client, log, bare, [Symbol.asyncDispose]: dispose };
}

/** One Ask by grpc-js alone: `bytes` as they are, with whatever deadline the test wants. */
export function bareAsk(
  bare: Client,
  bytes: Uint8Array,
  options: { deadline?: number; metadata?: Metadata } = {},
): Promise<AskResponse | ServiceError> {
  return new Promise((resolve) => {
    bare.makeUnaryRequest(
      '/exempla.rpctest.v1.ProbeService/Ask',
      (value: Uint8Array) => Buffer.from(value),
      (buffer) => AskResponse.decode(buffer),
      bytes,
      options.metadata ?? new Metadata(),
      options.deadline === undefined ? {} : { deadline: options.deadline },
      (error, reply) => resolve(error ?? reply!),
    );
  });
}

export const askBytes = (behaviour: string): Uint8Array =>
  AskRequest.encode(AskRequest.fromPartial({ behaviour })).finish();

/** The error a call ends with; fails the test when it does not. */
export async function failure<E = Record<string, unknown>>(call: Promise<unknown>): Promise<E> {
  try {
    await call;
  } catch (error) {
    return error as E;
  }
  throw new Error('the call was expected to fail');
}
