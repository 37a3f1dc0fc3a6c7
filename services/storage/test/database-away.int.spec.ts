import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { DatabaseError } from '../src/adapters/database-error.ts';
import { PageTokenKey } from '../src/adapters/page-token-key.ts';
import { PostgresEvents } from '../src/adapters/postgres-events.ts';
import { AppendQueue } from '../src/events/index.ts';
import { callOf } from './calls.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { appendOf } from './event-fixtures.ts';

let server: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
});
afterAll(() => server.stop());

/** Long enough to be sent, short enough to wait for. */
const BATCH_MS = 300;
const WAITING = `select from pg_locks where locktype = 'advisory' and not granted
  and database = (select oid from pg_database where datname = current_database())`;

/** Somebody else is in the log, and stays. */
async function heldUp<T>(work: () => Promise<T>): Promise<T> {
  const foreign = await database.session();
  await foreign.query('begin; select pg_advisory_xact_lock(7319002512)');
  try {
    return await work();
  } finally {
    await foreign.end();
  }
}

describe('a batch that does not come to its end in time', () => {
  it('is told as a database that did not answer, to all of its callers at once', async () => {
    const log = new PostgresEvents(database.pool, new PageTokenKey(database.pool), BATCH_MS);
    const asked: number[] = [];
    const queue = new AppendQueue({
      log: { append: (appends) => (asked.push(appends.length), log.append(appends)) },
      onAppended: () => {},
      isAway: (error) => error instanceof DatabaseError,
    });
    await heldUp(async () => {
      const first = queue.append(callOf('t'), [appendOf('first')]);
      first.catch(() => {});
      await eventually('it waits', async () => (await database.admin(WAITING)).length === 1);
      const others = ['a', 'b', 'c'].map((id) => queue.append(callOf('t'), [appendOf(id)]));
      const outcomes = await Promise.allSettled([first, ...others]);
      expect(outcomes.map((outcome) => outcome.status === 'rejected' && (outcome.reason as Error).message)).toEqual(
        outcomes.map(() => expect.stringMatching(/^the database did not answer within/)),
      );
    });
    // Once each: what a batch waits for in vain, each of its appends would wait for too.
    expect(asked).toEqual([1, 3]);
  });
});

describe('a standby that the address leads to after a failover', () => {
  const readOnly = (setting: string): string =>
    `do $$ begin execute format('alter database %I ${setting}', current_database()); end $$`;

  it('is a database that is away, and none of its connections is kept', async () => {
    const database = await server.database();
    const log = new PostgresEvents(database.pool, new PageTokenKey(database.pool), 10_000);
    const writes = {
      event: () => log.append([appendOf('e')]),
      row: () =>
        database.pool.query(
          callOf('t'),
          `insert into storage.byte_suspicions (tenant, sha256) values ('t', sha256('')) returning id`,
        ),
    };
    await database.admin(readOnly('set default_transaction_read_only = on'));
    for (const write of Object.values(writes)) {
      await expect(write()).rejects.toMatchObject({ reason: 'DATABASE_UNAVAILABLE' });
    }
    await database.admin(readOnly('reset default_transaction_read_only'));
    await writes.event();
    expect(await writes.row()).toHaveLength(1);
  });
});
