import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Module } from '@nestjs/common';
import { createLogger } from '@exempla/telemetry';
import { collectGarbage } from '@exempla/testing';
import { RpcMethod, startServer, status, StatusError, type CallContext } from '../../src/index.ts';
import {
  ProbeServiceDefinition,
  type AskRequest,
  type AskResponse,
  type CountRequest,
  type CountResponse,
  type EchoRequest,
  type EchoResponse,
} from '../gen/exempla/rpctest/v1/probe_service.ts';
import type { ReplicaMemory, ReplicaOptions } from './replicas.ts';

/**
 * A replica of the probe service in a process of its own: `replica.main.ts OPTIONS`, as JSON. It prints its port, answers
 * with its name (a read of `memory` with what it holds), drains on SIGTERM and exits 0.
 */
const options = JSON.parse(process.argv[2]!) as ReplicaOptions & { name: string };
const { name, bad = false, host = '127.0.0.1', port = 0, maxConnectionAgeMs } = options;

const { ask, read, count, echo } = ProbeServiceDefinition.methods;
/** The bootstrap insists on a handler for every method it is given. */
const ServedDefinition = { ...ProbeServiceDefinition, methods: { ask, read, count, echo } };

@Controller()
class ReplicaController {
  @RpcMethod(ServedDefinition, 'ask')
  async ask(): Promise<AskResponse> {
    if (bad) throw new StatusError(status.UNAVAILABLE, 'BAD_REPLICA', 'this one answers nothing');
    await sleep(2);
    return { text: name, deadlineLeftMs: 0n };
  }

  @RpcMethod(ServedDefinition, 'read')
  async read({ behaviour }: AskRequest): Promise<AskResponse> {
    if (behaviour !== 'memory') return this.ask();
    collectGarbage();
    const { heapUsed, external, rss } = process.memoryUsage();
    const memory: ReplicaMemory = { heldBytes: heapUsed + external, residentBytes: rss, inFlight: server.inFlight() };
    return { text: JSON.stringify(memory), deadlineLeftMs: 0n };
  }

  /** With a negative `failAfter` the stream stays open until it is ended from outside. */
  @RpcMethod(ServedDefinition, 'count')
  async *count({ to, payloadBytes, failAfter }: CountRequest, context: CallContext): AsyncGenerator<CountResponse> {
    for (let value = 1; value <= to; value += 1) yield { value, payload: Buffer.alloc(payloadBytes) };
    if (failAfter < 0) await sleep(60_000, undefined, { signal: context.signal });
  }

  @RpcMethod(ServedDefinition, 'echo')
  async *echo(requests: AsyncIterable<EchoRequest>): AsyncGenerator<EchoResponse> {
    yield* requests;
  }
}

@Module({ controllers: [ReplicaController] })
class ReplicaModule {}

const server = await startServer({
  service: 'replica',
  host,
  port,
  ...(maxConnectionAgeMs !== undefined && { maxConnectionAgeMs }),
  module: ReplicaModule,
  definitions: [ServedDefinition],
  image: await readFile(new URL('../gen/probe.binpb', import.meta.url)),
  errors: { domain: 'replica.test', codes: {} },
  logger: createLogger({ service: 'replica', level: 'error', destination: { write: () => {} } }),
  env: { EXEMPLA_DEV: '1' },
});
process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
process.stdout.write(`${server.port}\n`);
