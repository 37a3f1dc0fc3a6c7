import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { PageTokenKey } from '../src/adapters/page-token-key.ts';
import { PostgresEvents } from '../src/adapters/postgres-events.ts';
import type { PostgresPool } from '../src/adapters/postgres-pool.ts';
import type { Append } from '../src/events/index.ts';
import { callOf, failureOf } from './calls.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { appendOf } from './event-fixtures.ts';
import { TestPools } from './pools.ts';

let server: TestServer;
let database: TestDatabase;
let pools: TestPools;
let pool: PostgresPool;
let log: PostgresEvents;

const LIMIT_MS = 400;
const append = (one: Append): Promise<unknown> => failureOf(log.append([one]));
let tries = 0;

/** Whom commits wait for; nobody of the name 'away' ever comes. */
async function standby(name: '' | 'away'): Promise<void> {
  await database.admin(`alter system set synchronous_standby_names = '${name}'`);
  await database.admin('select pg_reload_conf()');
  const isDone = async (): Promise<boolean> => (await append(appendOf(`try-${(tries += 1)}`))) === 'no failure';
  await eventually('the server has read it', async () => (await isDone()) === (name === ''), 20_000);
}

const UNKNOWN = { reason: 'DATABASE_UNAVAILABLE' };

beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
  const name = new URL(database.url).pathname.slice(1);
  // Temporary servers run without; what the database says comes before what its command line does.
  await database.admin(`alter database ${name} set synchronous_commit = on`);
  pools = new TestPools(database);
  pool = pools.open({ statementTimeoutMs: LIMIT_MS });
  log = new PostgresEvents(pool, new PageTokenKey(pool), LIMIT_MS);
});
afterAll(async () => {
  await pools.close();
  await server.stop();
});

it('does not say that an append is done, nor that it was, before the standby has it', async () => {
  await standby('away');
  const first = appendOf('e');
  expect(await append(first)).toMatchObject(UNKNOWN);
  // It is in the log of this server, and would be lost with it.
  expect(await append(first)).toMatchObject(UNKNOWN);
  expect(await append({ ...first, expected: { type: 'revision', revision: 0n } })).toMatchObject(UNKNOWN);
  await standby('');
  expect(await log.append([first])).toMatchObject([{ type: 'repeated', firstRevision: 1n, lastRevision: 1n }]);
});

it('does not say that a transaction is done, whoever cancels its wait for the standby', async () => {
  await standby('away');
  const patient = pools.open({ statementTimeoutMs: 20_000 });
  const suspect = "insert into storage.byte_suspicions (tenant, sha256) values ('t', sha256('')) returning id";
  const writing = failureOf(patient.transaction(callOf('t'), (session) => session.run(suspect)));
  const cancel = `select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'`;
  await eventually('it waits and is cancelled', async () => (await database.admin(cancel)).length > 0);
  expect(await writing).toMatchObject(UNKNOWN);
  await standby('');
});
