import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { createClient, openChannel, RemoteError, status, type Channel, type RpcClient } from '@exempla/rpc';
import { eventually, nothingMore, openHandles } from '@exempla/testing';
import { startTestMesh, type TestMesh } from './test-mesh.ts';

const TERMS = ['river', 'contract', 'dog', 'bread', 'storm', 'teacher', 'bridge', 'violin', 'to run', 'quickly'];
const TENANTS = ['north', 'south', 'east', 'west'];
const MIXED = 500;
/** One in five is cancelled, at a moment that differs from call to call. */
const CANCEL_EVERY = 5;

describe('many calls at once', () => {
  let mesh: TestMesh;
  let channels: Channel[];
  let orchestrator: RpcClient<typeof DefinitionServiceDefinition>;
  let examples: RpcClient<typeof ExampleServiceDefinition>;
  let speech: RpcClient<typeof SpeechServiceDefinition>;
  let postgres: pg.Client;

  beforeAll(async () => {
    mesh = await startTestMesh();
    channels = (['orchestrator', 'examples', 'audio'] as const).map((name) => openChannel(mesh.addressOf(name)));
    orchestrator = createClient(DefinitionServiceDefinition, channels[0]!);
    examples = createClient(ExampleServiceDefinition, channels[1]!);
    speech = createClient(SpeechServiceDefinition, channels[2]!);
    postgres = new pg.Client({ connectionString: mesh.adminUrl });
    await postgres.connect();
  });
  afterAll(async () => {
    for (const channel of channels) channel.close();
    await postgres.end();
    await mesh[Symbol.asyncDispose]();
  });

  it('twenty definitions at once are all made and stored (S0-27)', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        orchestrator.generateDefinition(
          { term: TERMS[i % TERMS.length]!, allowDuplicate: true },
          { timeoutMs: 60_000 },
        ),
      ),
    );
    for (const [i, { definition, degraded }] of made.entries()) {
      expect(degraded).toEqual([]);
      expect(definition!.term).toBe(TERMS[i % TERMS.length]);
      expect(definition!.examples).toHaveLength(6);
    }
    expect(new Set(made.map(({ definition }) => definition!.name)).size).toBe(20);
  });

  /** Each returns what it was asked for and what it got, to be compared. */
  const kindsOfCalls = [
    async (term: string, tenant: string, signal: AbortSignal) => {
      const { definition } = await orchestrator.generateDefinition(
        { term, allowDuplicate: true },
        { tenant, signal, timeoutMs: 60_000 },
      );
      return definition!.term;
    },
    async (term: string, tenant: string, signal: AbortSignal) => {
      const { definitions } = await orchestrator.listDefinitions(
        { term, pageSize: 3 },
        { tenant, signal, timeoutMs: 60_000 },
      );
      return definitions.find((definition) => definition.term !== term)?.term ?? term;
    },
    async (term: string, tenant: string, signal: AbortSignal) => {
      let kinds = 0;
      for await (const { part } of examples.streamExamples(
        { request: { term } },
        { tenant, signal, timeoutMs: 60_000 },
      ))
        if (part?.$case === 'set') kinds += 1;
      return kinds === 6 ? term : `${kinds} kinds`;
    },
    async (term: string, tenant: string, signal: AbortSignal) => {
      let bytes = 0;
      for await (const { part } of speech.synthesize({ text: `${term}.` }, { tenant, signal, timeoutMs: 60_000 }))
        if (part?.$case === 'chunk') bytes += part.value.length;
      return bytes > 1000 ? term : `${bytes} bytes`;
    },
  ];

  it('500 mixed calls of four tenants, one in five cancelled: no answer is another’s, nothing stays behind (S0-17)', async () => {
    const before = openHandles();
    const outcomes = { answered: 0, cancelled: 0, refused: 0 };
    const one = async (i: number): Promise<void> => {
      const [term, tenant] = [TERMS[i % TERMS.length]!, TENANTS[i % TENANTS.length]!];
      const caller = new AbortController();
      const call = kindsOfCalls[i % kindsOfCalls.length]!(term, tenant, caller.signal);
      if (i % CANCEL_EVERY === 0) setImmediate(() => setTimeout(() => caller.abort(new Error('left')), i % 23));
      try {
        expect(await call).toBe(term);
        outcomes.answered += 1;
      } catch (error) {
        if (caller.signal.aborted) outcomes.cancelled += 1;
        // A full line of the audio service is an honest answer; anything else is not.
        else if (error instanceof RemoteError && error.code === status.RESOURCE_EXHAUSTED) outcomes.refused += 1;
        else throw error;
      }
    };
    await Promise.all(Array.from({ length: MIXED }, (_, i) => one(i)));
    expect(outcomes.answered + outcomes.cancelled + outcomes.refused).toBe(MIXED);
    expect(outcomes.answered).toBeGreaterThan(MIXED / 2);
    expect(outcomes.cancelled).toBeGreaterThan(0);

    const active = `select count(*)::int as n from pg_stat_activity where application_name = 'exempla-storage' and state <> 'idle'`;
    await eventually(
      'no query and no transaction of ours is open',
      async () => (await postgres.query<{ n: number }>(active)).rows[0]!.n === 0,
    );
    await nothingMore(async () => ({ timers: openHandles()['Timeout'] ?? 0 }), { timers: before['Timeout'] ?? 0 });
    expect(mesh.complaints()).toEqual([]);
    expect(Object.values(await mesh.health())).toEqual(['SERVING', 'SERVING', 'SERVING', 'SERVING']);
  }, 120_000);

  it('a tenant sees its own definitions only', async () => {
    const { definitions } = await orchestrator.listDefinitions({ pageSize: 200 }, { tenant: 'nobody-yet' });
    expect(definitions).toEqual([]);
    const north = await orchestrator.listDefinitions({ pageSize: 200 }, { tenant: 'north' });
    expect(north.definitions.length).toBeGreaterThan(0);
    const name = north.definitions[0]!.name;
    await expect(orchestrator.getDefinition({ name }, { tenant: 'south' })).rejects.toMatchObject({
      code: status.NOT_FOUND,
    });
  });
});
