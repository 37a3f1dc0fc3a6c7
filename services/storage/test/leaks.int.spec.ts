import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chunksOf } from '@exempla/rpc';
import { eventually, holdings, nothingMore, recordWarnings, seeded, standingStill } from '@exempla/testing';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { startService, type TestService } from './service.ts';

const SEED = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);
const CALLS = Number(process.env['FAULTS_CALLS'] ?? 1_000);
const CANCELLED_SHARE = 0.2;
const AT_ONCE = 30;
/** Fewer than calls at once, so that some wait for one. */
const CONNECTIONS = 10;
const LIMIT_MS = 30_000;
const CANCELLED = new Error('cancelled by the test');
const SOUND = Buffer.alloc(300_000, 7);

let server: TestServer;
let database: TestDatabase;
let service: TestService;
/** Names of two definitions; the row of the second is locked by somebody else. */
let free: string;
let locked: string;
const tenant = `t-${randomUUID()}`;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
  // The pool neither grows nor shrinks meanwhile: what it holds can be compared.
  service = await startService(database, { poolMinSize: CONNECTIONS, poolMaxSize: CONNECTIONS });
  free = (await create('free')).name;
  locked = (await create('locked')).name;
  await service.objects.uploadObject(upload('objects/kept'), { tenant });
  const other = await database.session();
  await other.query('begin');
  await other.query('select 1 from storage.definitions where id = $1 for update', [
    locked.slice('definitions/'.length),
  ]);
});
afterAll(async () => {
  await service.stop();
  await server.stop();
});

const create = (term: string, signal?: AbortSignal) =>
  service.definitions.createDefinition({ definition: { term, language: 'en', text: `What ${term} is.` } }, by(signal));
/** A deadline later than any look: a timer of a call that stays must not run out meanwhile. */
const by = (signal?: AbortSignal) => ({ tenant, timeoutMs: 120_000, ...(signal && { signal }) });

async function* upload(name: string) {
  yield { part: { $case: 'header' as const, value: { name, sizeBytes: BigInt(SOUND.length) } } };
  for await (const value of chunksOf(SOUND)) yield { part: { $case: 'chunk' as const, value } };
}

const update = async (name: string, signal: AbortSignal): Promise<unknown> =>
  service.definitions.updateDefinition({ definition: { name, text: randomUUID() }, updateMask: ['text'] }, by(signal));

type Call = (signal: AbortSignal) => Promise<unknown>;
const KINDS: Call[] = [
  (signal) => create(randomUUID(), signal),
  (signal) => update(free, signal),
  (signal) => service.definitions.getDefinition({ name: free }, by(signal)),
  (signal) => service.definitions.listDefinitions({ pageSize: 50 }, by(signal)),
  (signal) => service.objects.uploadObject(upload(`objects/${randomUUID()}`), by(signal)),
  async (signal) => {
    for await (const _ of service.objects.downloadObject({ name: 'objects/kept' }, by(signal)));
  },
];
/** Waits inside PostgreSQL, in a transaction, until it is cancelled. */
const waiting: Call = (signal) => update(locked, signal);

const RESOURCE_EXHAUSTED = 8;

interface Tally {
  answered: number;
  cancelled: number;
  failed: string[];
}

async function mixedCalls(count: number, random: () => number): Promise<Tally> {
  const tally: Tally = { answered: 0, cancelled: 0, failed: [] };
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      const cancels = random() < CANCELLED_SHARE;
      const kind = cancels && random() < 0.3 ? waiting : KINDS[Math.floor(random() * KINDS.length)]!;
      await one(kind, tally, cancels ? random() * 40 : undefined);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, caller));
  return tally;
}

async function one(call: Call, tally: Tally, cancelAfterMs: number | undefined): Promise<void> {
  const cancel = new AbortController();
  const cancelled = cancelAfterMs === undefined ? undefined : sleep(cancelAfterMs).then(() => cancel.abort(CANCELLED));
  try {
    await call(cancel.signal);
    tally.answered += 1;
  } catch (error) {
    if (error === CANCELLED) tally.cancelled += 1;
    // An answer too: a server on a busy machine refuses some.
    else if ((error as { code?: unknown }).code === RESOURCE_EXHAUSTED) tally.answered += 1;
    else tally.failed.push(String(error));
  }
  await cancelled;
}

/** The connections of the service as PostgreSQL sees them, by what they do. */
async function activity(): Promise<Record<string, number>> {
  const rows = await database.admin<{ state: string; count: number }>(
    `select state, count(*)::int as count from pg_stat_activity
     where application_name = 'exempla-storage' and datname = current_database() group by state`,
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Sessions of this database, and locks that somebody holds or waits for, other than those of the test itself. */
async function sessions(): Promise<{ sessions: number; waiting: number }> {
  const [row] = await database.admin<{ sessions: number; waiting: number }>(
    `select (select count(*)::int from pg_stat_activity where datname = current_database()) as sessions,
            (select count(*)::int from pg_locks where not granted) as waiting`,
  );
  return row!;
}

const idle = (): Promise<void> =>
  eventually('nothing is lent, active or open', async () => {
    const { inUse, waiting: queue } = service.pool.stats;
    const { idle: ready = 0, ...busy } = await activity();
    return inUse + queue + service.disk.openFiles === 0 && ready === CONNECTIONS && Object.keys(busy).length === 0;
  });

const held = async () => ({ ...(await holdings()), ...(await sessions()), activity: await activity() });

describe(`${CALLS} calls of all kinds, a fifth of them cancelled at random moments (FAULTS_SEED=${SEED})`, () => {
  it(
    'leave no query, connection, lock, file, socket, thread or timer behind (S3-102)',
    async () => {
      using recorded = recordWarnings();
      const random = seeded(SEED);
      // Channels, connections and code that stay are made by the first calls.
      await mixedCalls(200, random);
      await idle();
      const before = await standingStill(held, LIMIT_MS);
      const files = await staged();
      const tally = await mixedCalls(CALLS, random);
      expect(tally.failed).toEqual([]);
      expect(tally.answered + tally.cancelled).toBe(CALLS);
      expect(tally.cancelled).toBeGreaterThan(CALLS * CANCELLED_SHARE * 0.5);
      await idle();
      await nothingMore(held, before, LIMIT_MS);
      expect(before).toMatchObject({ activity: { idle: CONNECTIONS }, waiting: 0 });
      expect(service.pool.stats).toEqual({ inUse: 0, max: CONNECTIONS, waiting: 0, open: CONNECTIONS });
      expect(await staged()).toEqual(files);
      expect(recorded.warnings).toEqual([]);
    },
    120_000 + 30 * CALLS,
  );
});

/** Files of uploads under way. */
async function staged(): Promise<string[]> {
  const entries = await readdir(`${service.directory}/staging`, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
