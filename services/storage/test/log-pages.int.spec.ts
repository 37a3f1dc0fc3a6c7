import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PageTokenKey } from '../src/adapters/page-token-key.ts';
import { PostgresEvents } from '../src/adapters/postgres-events.ts';
import { readAll } from '../src/events/index.ts';
import { callOf } from './calls.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';

let server: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.database({ maxSize: 1 });
});
afterAll(() => server.stop());

const EVENTS = 6_000;

/** As the server counted them, when the session that fetched has said so. */
async function rowsFetched(): Promise<number> {
  await database.pool.query(callOf('t'), 'select pg_stat_force_next_flush()');
  const [row] = await database.admin<{ n: string }>(
    `select idx_tup_fetch as n from pg_stat_all_tables where relid = 'storage.events'::regclass`,
  );
  return Number(row?.n);
}

it('a page of the log reads no more than the page, also when the table was never analysed', async () => {
  await database.admin('alter table storage.events set (autovacuum_enabled = off)');
  await database.admin(`
    insert into storage.events
    select n, 't', 'stream', n, n::text, 'type', '', '', now(), '', '', '', '', '\\x00', now()
    from generate_series(1, ${EVENTS}) as n`);
  const events = new PostgresEvents(database.pool, new PageTokenKey(database.pool), 10_000);
  const before = await rowsFetched();
  const reading = {
    after: undefined,
    direction: 'forwards',
    limit: 0n,
    filter: { types: [], streamPrefix: '' },
  } as const;
  let seen = 0;
  for await (const page of readAll(events, callOf('t'), reading)) seen += page.events.length;
  expect(seen).toBe(EVENTS);
  expect((await rowsFetched()) - before).toBeLessThan(EVENTS * 1.5);
});
