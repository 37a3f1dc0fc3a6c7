import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { appendArguments } from '../src/adapters/event-rows.ts';
import { PostgresEvents } from '../src/adapters/postgres-events.ts';
import { PageTokenKey } from '../src/adapters/page-token-key.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { callOf } from './calls.ts';
import { newAppend, newEvent } from './races/race-events.ts';

let server: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
});
afterAll(() => server.stop());

const WAITING = `select from pg_locks where locktype = 'advisory' and not granted
  and database = (select oid from pg_database where datname = current_database())`;

it('an append waits for the commit of one that has taken its positions: no reader passes a position that is still to come', async () => {
  const log = new PostgresEvents(database.pool, new PageTokenKey(database.pool), 10_000);
  const appendOf = (id: string) => newAppend('local', id, [newEvent(id, 'thing.happened')]);
  const foreign = await database.session();
  const places = Array.from({ length: 15 }, (_, i) => `$${i + 1}`).join(', ');
  await foreign.query('begin');
  await foreign.query(`select from storage.append_events(${places})`, appendArguments([appendOf('first')]));
  const appending = log.append([appendOf('second')]);
  await eventually('it waits', async () => (await database.admin(WAITING)).length === 1);
  expect(await log.readLog(0n, 10)).toEqual([]);
  await foreign.query('commit');
  await appending;
  expect((await log.readLog(0n, 10)).map(({ id }) => id)).toEqual(['first', 'second']);
  const { events } = await log.readAll(callOf('local'), {
    after: undefined,
    direction: 'forwards',
    limit: 10,
    filter: { types: [], streamPrefix: '' },
  });
  expect(events.map(({ id }) => id)).toEqual(['first', 'second']);
});
