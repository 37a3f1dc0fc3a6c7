import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { PostgresEventSignal } from '../src/adapters/postgres-event-signal.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';

let server: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
});
afterAll(() => server.stop());

const LISTENING = `from pg_stat_activity where application_name = 'exempla-storage-listen' and query like 'listen%'
  and datname = current_database()`;
const listening = async (): Promise<number> => (await database.admin(`select 1 ${LISTENING}`)).length;

const open: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(open.splice(0).map((stop) => stop())));

/** A replica that listens: how often it was told of events, and what went wrong. */
function replica(url = database.url) {
  const problems: string[] = [];
  const onProblem = (error: unknown): void => void problems.push((error as Error).message);
  const signal = new PostgresEventSignal({ url, pool: database.pool, onProblem });
  const seen = { told: 0, problems };
  const stop = signal.listen(() => (seen.told += 1));
  open.push(stop);
  return { seen, signal, stop };
}

describe('the signal of new events', () => {
  it('goes to every replica, also to the one that sends it', async () => {
    const [here, there] = [replica(), replica()];
    await eventually('both listen', async () => (await listening()) === 2);
    await eventually('both look at what came before', () => here.seen.told > 0 && there.seen.told > 0);
    const before = [here.seen.told, there.seen.told];
    here.signal.send();
    expect(here.seen.told).toBe(before[0]! + 1);
    await eventually('it has come', () => there.seen.told > before[1]!);
  });

  it('of a connection that was lost comes again, and what was missed is looked for', async () => {
    const { seen } = replica();
    await eventually('it listens', async () => (await listening()) === 1 && seen.told > 0);
    const before = seen.told;
    await database.admin(`select pg_terminate_backend(pid) ${LISTENING}`);
    await eventually('it listens again', async () => (await listening()) === 1 && seen.told > before);
    expect(seen.problems).toEqual(['terminating connection due to administrator command']);
  });

  it('that cannot be listened to is told by what is wrong', async () => {
    const { seen } = replica(Object.assign(new URL(database.url), { password: 'wrong' }).href);
    await eventually('it was tried twice', () => seen.problems.length >= 2);
    expect(new Set(seen.problems)).toEqual(new Set([expect.stringMatching(/^password authentication failed/)]));
  });

  it('leaves no connection behind', async () => {
    const { stop } = replica();
    await eventually('it listens', async () => (await listening()) === 1);
    await stop();
    const early = replica();
    await early.stop();
    await eventually('both are gone', async () => (await listening()) === 0);
    expect(early.seen.problems).toEqual([]);
  });
});
