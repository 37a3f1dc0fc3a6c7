import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PageTokenKey } from '../src/adapters/page-token-key.ts';
import { PostgresEvents } from '../src/adapters/postgres-events.ts';
import { type Expected, type NewEvent, readAll } from '../src/events/index.ts';
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
const YOUNG = 150;
const NO_FILTER = { types: [], streamPrefix: '' };

/** Entries of indexes, as the server counted them when the session of the pool has said so. */
async function entriesRead(): Promise<number> {
  await database.pool.query(callOf('t'), 'select pg_stat_force_next_flush()');
  const [row] = await database.admin<{ n: string }>(
    `select sum(idx_tup_read) as n from pg_stat_all_indexes where relid = 'storage.events'::regclass`,
  );
  return Number(row?.n);
}

const fill = (from: number, to: number) =>
  database.admin(`
    insert into storage.events
    select n, 't', 'a-stream-with-a-long-name/' || n / 10, 1 + n % 10, md5(n::text), 'type', '', '', now(), '', '', '', '', '\\x00', now()
    from generate_series(${from}, ${to}) as n`);

const newEvent = (): NewEvent => ({
  id: randomUUID(),
  type: 'type',
  source: '',
  subject: '',
  time: new Date(),
  data: Buffer.alloc(0),
  contentType: '',
  schema: '',
  correlationId: '',
  causationId: '',
});

/** The planner knows nothing of the table: it was never analysed. */
describe('on a young table', () => {
  const events = () => new PostgresEvents(database.pool, new PageTokenKey(database.pool), 10_000);
  const append = (expected: Expected, ...given: NewEvent[]) =>
    events().append([{ tenant: 't', stream: 'own', expected, events: given }]);
  const repeated = newEvent();

  beforeAll(async () => {
    await database.admin('alter table storage.events set (autovacuum_enabled = off)');
    await database.admin(`select setval('storage.event_position', 1000000)`);
    // The session makes its plans now, and keeps them: while keys of one index fill a page, and those of another two.
    await fill(1, YOUNG);
    expect(await append({ type: 'any' }, repeated, newEvent())).toMatchObject([{ type: 'appended' }]);
    for (let i = 0; i < 6; i += 1) {
      expect(await append({ type: 'any' }, repeated)).toMatchObject([{ type: 'repeated' }]);
    }
    await fill(YOUNG + 1, EVENTS);
  });

  it('a page of the log reads no more than the page', async () => {
    const before = await entriesRead();
    let seen = 0;
    const reading = { after: undefined, direction: 'forwards', limit: 0n, filter: NO_FILTER } as const;
    for await (const page of readAll(events(), callOf('t'), reading)) seen += page.events.length;
    expect(seen).toBe(EVENTS + 2);
    expect((await entriesRead()) - before).toBeLessThan(EVENTS * 1.5);
  });

  it.each([
    { what: 'an append', run: () => append({ type: 'exists' }, newEvent()) },
    { what: 'an append that comes again', run: () => append({ type: 'any' }, repeated) },
    {
      what: 'a page of a stream',
      run: () =>
        events().readStream(callOf('t'), {
          stream: 'a-stream-with-a-long-name/7',
          from: 3n,
          direction: 'forwards',
          limit: 10,
        }),
    },
  ])('$what reads its own stream only', async ({ run }) => {
    const before = await entriesRead();
    expect(await run()).not.toEqual([]);
    expect((await entriesRead()) - before).toBeLessThan(50);
  });
});
