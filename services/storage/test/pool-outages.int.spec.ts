import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { callOf, failureOf } from './calls.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { muteableProxy } from './muteable-proxy.ts';
import { activeQueries, SLEEP, TestPools } from './pools.ts';

let server: TestServer;
let database: TestDatabase;
let pools: TestPools;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
  pools = new TestPools(database);
});
afterEach(() => pools.close());
afterAll(() => server.stop());

const call = (options: { signal?: AbortSignal } = {}) => callOf('t', options);

describe('a server that is away', () => {
  it('is DATABASE_UNAVAILABLE when nobody listens', async () => {
    const pool = pools.open({ url: 'postgresql://u:p@127.0.0.1:1/d' });
    expect(await failureOf(pool.query(call(), 'select 1'))).toMatchObject({ reason: 'DATABASE_UNAVAILABLE' });
    expect(pool.stats.inUse).toBe(0);
  });

  it('is left at once when the caller leaves, even if it never answers', async () => {
    const muted = await muteableProxy(server.postgres.port);
    muted.mute();
    const pool = pools.open({ url: `postgresql://u:p@127.0.0.1:${muted.port}/d` });
    const leave = new AbortController();
    const asking = failureOf(pool.query(call({ signal: leave.signal }), 'select 1'));
    await eventually('it is being connected', () => pool.stats.inUse === 1);
    leave.abort(new Error('left'));
    expect(await asking).toEqual(new Error('left'));
    await muted.close();
  });

  it('that stops answering in the middle costs the connection, and not its place in the pool', async () => {
    const muted = await muteableProxy(server.postgres.port);
    const url = database.url.replace(`:${server.postgres.port}/`, `:${muted.port}/`);
    const pool = pools.open({ maxSize: 1, url, statementTimeoutMs: 1_000 });
    const leave = new AbortController();
    const asking = failureOf(pool.query(call({ signal: leave.signal }), SLEEP));
    await eventually('the statement runs', async () => (await activeQueries(database)) === 1);
    muted.mute();
    leave.abort(new Error('left'));
    expect(await asking).toEqual(new Error('left'));
    expect(pool.stats).toMatchObject({ inUse: 0, open: 0 });
    await muted.close();
    // The server's own limit ends what nobody could stop.
    await eventually('the statement is gone', async () => (await activeQueries(database)) === 0, 20_000);
  });

  it('tells those whose connection it closes, and is used again at once', async () => {
    const pool = pools.open();
    const asking = failureOf(pool.query(call(), SLEEP));
    await pool.query(call(), 'select 1');
    await eventually('the statement runs', async () => (await activeQueries(database)) === 1);
    await database.admin(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'exempla-storage'",
    );
    expect(await asking).toMatchObject({ reason: 'DATABASE_UNAVAILABLE' });
    await eventually('idle connections are gone', () => pool.stats.open === 0);
    expect(await pool.query(call(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('recovers in less than 5 s when the server was killed and is back (S3-118)', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'exempla-recovery-'));
    await chmod(parent, 0o755);
    const dataDir = join(parent, 'data');
    const first = await startTestServer({ dataDir });
    const { port, pid } = first.postgres;
    const { pool } = await first.database({ minSize: 5 });
    await pool.warm();
    const failing = failureOf(pool.query(call(), SLEEP));
    await eventually('all are connected', () => pool.stats.open === 5);
    process.kill(pid, 'SIGKILL');
    expect(await failing).toMatchObject({ reason: 'DATABASE_UNAVAILABLE' });
    await eventually('it is noticed', async () => (await failureOf(pool.query(call(), 'select 1'))) !== 'no failure');
    const error = await failureOf(pool.query(call(), 'select 1'));
    expect(error).toMatchObject({ reason: 'DATABASE_UNAVAILABLE', message: 'the database cannot be reached' });
    await first.postgres.stop();
    const again = await startTestServer({ dataDir, port });
    const start = performance.now();
    await eventually('it answers', async () => (await failureOf(pool.query(call(), 'select 1'))) === 'no failure');
    process.stdout.write(`recovered ${(performance.now() - start).toFixed(0)} ms after the server was back\n`);
    await pool.close();
    await again.stop();
    await first.stop().catch(() => {});
    await rm(parent, { recursive: true });
  });
});
