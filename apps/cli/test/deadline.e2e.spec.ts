import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as Postgres } from 'pg';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import type { Hop } from '@exempla/launch';
import {
  createClient,
  methodName,
  methodPolicy,
  openChannel,
  type Channel,
  type GenericService,
  type RpcClient,
} from '@exempla/rpc';
import { newTrace } from '@exempla/telemetry';
import { eventually } from '@exempla/testing';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const SERVICES: GenericService[] = [
  DefinitionServiceDefinition,
  ExampleServiceDefinition,
  SpeechServiceDefinition,
  DefinitionStoreServiceDefinition,
  ObjectServiceDefinition,
];
const reserves = new Map(
  SERVICES.flatMap((service) =>
    Object.values(service.methods).map((method) => [methodName(service, method), methodPolicy(method).reserveMs]),
  ),
);

/** Active statements of the storage service, seen by the owner of the database. */
const ACTIVE = `select count(*)::int as n from pg_stat_activity where application_name = 'exempla-storage' and state = 'active'`;

describe('one deadline governs every hop', () => {
  let mesh: TestMesh;
  let channel: Channel;
  let orchestrator: RpcClient<typeof DefinitionServiceDefinition>;
  let postgres: Postgres;
  // A connection of its own: inside a transaction pg_stat_activity never changes.
  let watcher: Postgres;
  const activeQueries = async (): Promise<number> => (await watcher.query<{ n: number }>(ACTIVE)).rows[0]!.n;

  beforeAll(async () => {
    mesh = await startTestMesh();
    channel = openChannel(mesh.addressOf('orchestrator'));
    orchestrator = createClient(DefinitionServiceDefinition, channel);
    postgres = new Postgres({ connectionString: mesh.adminUrl });
    watcher = new Postgres({ connectionString: mesh.adminUrl });
    await Promise.all([postgres.connect(), watcher.connect()]);
    // Every connection of the mesh is up before anything is held against a deadline.
    await orchestrator.generateDefinition({ term: 'river', narrate: true, allowDuplicate: true });
  });
  afterAll(async () => {
    channel.close();
    await Promise.all([postgres.end(), watcher.end()]);
    await mesh[Symbol.asyncDispose]();
  });

  const hopsOf = (traceId: string): Hop[] => mesh.hops.filter((hop) => hop.traceId === traceId);

  it('with 400 ms at the edge each child has at most what its parent had, less the reserve', async () => {
    const trace = newTrace();
    const reply = await orchestrator.generateDefinition(
      { term: 'river', narrate: true, allowDuplicate: true },
      { timeoutMs: 400, trace },
    );
    expect(reply.definition?.text).not.toBe('');
    for (const service of ['orchestrator', 'audio']) {
      await mesh.hopOf(service, (hop) => hop.traceId === trace.traceId && hop.service === service);
    }
    const hops = hopsOf(trace.traceId);
    const bySpan = new Map(hops.map((hop) => [hop.spanId, hop]));
    const edges = hops.flatMap((child) => {
      const parent = bySpan.get(child.parentSpanId ?? '');
      return parent ? [{ child, parent }] : [];
    });
    expect(new Set(edges.map(({ child }) => child.service))).toEqual(new Set(['examples', 'audio', 'storage']));
    for (const { child, parent } of edges) {
      const reserve = reserves.get(parent.method)!;
      expect({ edge: child.method, left: child.deadlineLeftMs <= parent.deadlineLeftMs - reserve }).toEqual({
        edge: child.method,
        left: true,
      });
    }
    expect(Math.max(...hops.map((hop) => hop.deadlineLeftMs))).toBeLessThanOrEqual(400);
  });

  it('cancelled at the edge, the query that was running in PostgreSQL is gone', async () => {
    const caller = new AbortController();
    await postgres.query('begin');
    await postgres.query('lock table storage.definitions in access exclusive mode');
    try {
      const trace = newTrace();
      const call = orchestrator.generateDefinition({ term: 'brook' }, { signal: caller.signal, trace });
      const failed = call.then(
        () => 'answered',
        () => 'failed',
      );
      await eventually('a query waits for the lock', async () => (await activeQueries()) > 0);
      caller.abort();
      expect(await failed).toBe('failed');
      await eventually('no query of ours is active', async () => (await activeQueries()) === 0);
      const lookup = await mesh.hopOf(
        'the lookup',
        ({ traceId, service }) => traceId === trace.traceId && service === 'storage',
      );
      expect(lookup.status).toBe('CANCELLED');
    } finally {
      await postgres.query('rollback');
    }
  });

  it('a deadline that passes ends the query as well, and the caller is told so', async () => {
    await postgres.query('begin');
    await postgres.query('lock table storage.definitions in access exclusive mode');
    try {
      const call = orchestrator.generateDefinition({ term: 'brook' }, { timeoutMs: 300 });
      await expect(call).rejects.toMatchObject({ code: 4 });
      await eventually('no query of ours is active', async () => (await activeQueries()) === 0);
    } finally {
      await postgres.query('rollback');
    }
  });

  it('the connections are in order after that: the next definition is stored', async () => {
    const { definition, degraded } = await orchestrator.generateDefinition({ term: 'brook', allowDuplicate: true });
    expect(degraded).toEqual([]);
    expect(await orchestrator.getDefinition({ name: definition!.name })).toMatchObject({
      term: 'brook',
      text: definition!.text,
    });
  });

  it('audio killed in the middle of a call: the definition is answered and stored, the narration DEGRADED', async () => {
    process.kill(mesh.pidOf('audio'), 'SIGSTOP');
    const parts: string[] = [];
    let done: { text: string; degraded: unknown[]; name: string } | undefined;
    for await (const { part } of orchestrator.streamDefinition({ request: { term: 'waterfall', narrate: true } })) {
      parts.push(part!.$case);
      if (part?.$case === 'stored') process.kill(mesh.pidOf('audio'), 'SIGKILL');
      if (part?.$case === 'done') {
        const { definition, degraded } = part.value;
        done = { text: definition!.text, degraded, name: definition!.name };
      }
    }
    expect(done).toMatchObject({ degraded: [{ step: 'narration', reason: 'UNAVAILABLE' }] });
    expect(await orchestrator.getDefinition({ name: done!.name })).toMatchObject({ text: done!.text, narration: '' });
    expect(parts).toEqual(expect.arrayContaining(['header', 'text', 'examples', 'stored', 'degraded', 'done']));
  });
});
