import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Barrier, eventually } from '@exempla/testing';
import { DatabaseError } from '../src/adapters/database-error.ts';
import { callOf, failureOf } from './calls.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
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

const call = (options: { signal?: AbortSignal; remainingMs?: number } = {}) => callOf('t', options);

describe('cancellation', () => {
  it('stops the statement on the server and lends the connection again, twenty times over', async () => {
    const pool = pools.open({ maxSize: 1 });
    let backend: number | undefined;
    for (let i = 0; i < 20; i += 1) {
      const leave = new AbortController();
      const asking = failureOf(pool.query(call({ signal: leave.signal }), SLEEP));
      await eventually('the statement runs', async () => (await activeQueries(database)) === 1);
      leave.abort(new Error('left'));
      await eventually('the statement is gone', async () => (await activeQueries(database)) === 0);
      expect(await asking).toEqual(new Error('left'));
      const [row] = await pool.query<{ pid: number }>(call(), 'select pg_backend_pid() as pid');
      expect((backend ??= row?.pid)).toBe(row?.pid);
    }
    expect(pool.stats).toMatchObject({ inUse: 0, open: 1 });
  });

  it('undoes the transaction of a caller who leaves while it waits for a lock', async () => {
    const pool = pools.open({ maxSize: 1 });
    const blocker = await database.session();
    await blocker.query('begin; lock table storage.objects in access exclusive mode');
    const leave = new AbortController();
    const working = failureOf(
      pool.transaction(call({ signal: leave.signal }), async (session) => {
        await session.run("insert into storage.byte_suspicions (tenant, sha256) values ('t', sha256(''))");
        await session.run('select count(*) from storage.objects');
      }),
    );
    await eventually('the statement waits', async () => (await activeQueries(database)) === 1);
    leave.abort(new Error('left'));
    expect(await working).toEqual(new Error('left'));
    await blocker.query('rollback');
    const rows = await pool.query(call(), 'select 1 from storage.byte_suspicions');
    expect(rows).toEqual([]);
    expect(pool.stats).toMatchObject({ inUse: 0, open: 1 });
  });

  it('does not let a late cancel hit the next user of the connection', async () => {
    const pool = pools.open({ maxSize: 1 });
    for (let i = 0; i < 200; i += 1) {
      const leave = new AbortController();
      const first = failureOf(pool.query(call({ signal: leave.signal }), 'select 1 as one'));
      // At about the time the answer comes: before, at once with, and after it.
      setTimeout(() => leave.abort(new Error('left')), i % 3);
      const second = await pool.query<{ two: number }>(call(), 'select pg_sleep(0.002), 2 as two');
      expect(second[0]?.two).toBe(2);
      const outcome = await first;
      expect(Array.isArray(outcome) || outcome === 'no failure' || (outcome as Error).message === 'left').toBe(true);
    }
  });

  it('does not start for a caller who has left, nor after leaving the queue', async () => {
    const pool = pools.open({ maxSize: 1 });
    await expect(pool.query(call({ signal: AbortSignal.abort(new Error('left')) }), SLEEP)).rejects.toThrow('left');
    const [holder, waiter] = [new AbortController(), new AbortController()];
    const holding = failureOf(pool.query(call({ signal: holder.signal }), SLEEP));
    const waiting = failureOf(pool.query(call({ signal: waiter.signal }), 'select 1'));
    expect(pool.stats.waiting).toBe(1);
    waiter.abort(new Error('left the queue'));
    expect(await waiting).toEqual(new Error('left the queue'));
    expect(pool.stats).toMatchObject({ waiting: 0, inUse: 1 });
    holder.abort(new Error('left'));
    await holding;
    // The connection may still be on its way; it is given back when it is there.
    await eventually('nothing is lent', () => pool.stats.inUse === 0);
  });

  it('ends a statement that takes too long, although its caller would wait (S3-98)', async () => {
    const pool = pools.open({ statementTimeoutMs: 100 });
    const error = await failureOf(pool.query(call(), SLEEP));
    expect(error).toBeInstanceOf(DatabaseError);
    expect(error).toMatchObject({ reason: 'DATABASE_UNAVAILABLE', message: 'the database did not answer within 0.1s' });
    expect(await activeQueries(database)).toBe(0);
  });

  it('gives each statement what is left of its call, the second less than the first (S3-98)', async () => {
    const pool = pools.open({ minSize: 1 });
    await pool.warm();
    const secondsOf = (error: unknown): number =>
      Number(/^the database did not answer within (\d(?:\.\d)?)s$/.exec((error as Error).message)?.[1]);
    // The signal never fires: it is the deadline that counts.
    const alone = await failureOf(pool.query(call({ remainingMs: 300 }), SLEEP));
    expect(secondsOf(alone)).toBeLessThanOrEqual(0.3);
    const second = await failureOf(
      pool.transaction(call({ remainingMs: 900 }), async (session) => {
        await session.run('select pg_sleep(0.5)');
        await session.run(SLEEP);
      }),
    );
    expect(secondsOf(second)).toBeLessThanOrEqual(0.4);
    expect(await activeQueries(database)).toBe(0);
    expect(pool.stats).toMatchObject({ inUse: 0, open: 1 });
  });
});

describe('the pool', () => {
  it('has everything back after 400 calls of which every third is given up (S3-17)', async () => {
    const pool = pools.open({ maxSize: 8 });
    const outcomes = await Promise.all(
      Array.from({ length: 400 }, async (_, i) => {
        const leave = new AbortController();
        if (i % 3 === 0) setTimeout(() => leave.abort(new Error('left')), i % 40);
        const own = call({ signal: leave.signal });
        const rows = await pool
          .transaction(own, async (session) => {
            await session.run('select pg_sleep(0.001)');
            return session.run<{ tag: number }>('select $1::int as tag', [i]);
          })
          .catch((error: Error) => error.message);
        return typeof rows === 'string' ? rows : rows[0]?.tag === i;
      }),
    );
    expect(outcomes.every((outcome) => outcome === true || outcome === 'left')).toBe(true);
    expect(outcomes.filter((outcome) => outcome === true).length).toBeGreaterThanOrEqual(266);
    await eventually('nothing is lent', () => pool.stats.inUse === 0 && pool.stats.waiting === 0);
    expect(pool.stats.open).toBeLessThanOrEqual(8);
    expect(await activeQueries(database)).toBe(0);
  });

  it('lends at most its size, and everyone is served in the end (S3-92)', async () => {
    const pool = pools.open({ maxSize: 10 });
    let most = 0;
    const work = async (): Promise<void> => {
      await pool.query(call(), 'select pg_sleep(0.005)');
      most = Math.max(most, pool.stats.open);
    };
    const connections = async (): Promise<number> => {
      const [row] = await database.admin<{ count: string }>(
        "select count(*) from pg_stat_activity where application_name = 'exempla-storage'",
      );
      return Number(row?.count);
    };
    const all = Promise.all(Array.from({ length: 200 }, work));
    await eventually('all are lent', () => pool.stats.inUse === 10);
    expect(await connections()).toBeLessThanOrEqual(10);
    await all;
    expect(most).toBe(10);
    expect(pool.stats).toMatchObject({ inUse: 0, waiting: 0 });
  });

  it('serves another tenant while one waits in a crowd for its own lock', async () => {
    const pool = pools.open({ maxSize: 4 });
    const owner = await database.session();
    await owner.query('select pg_advisory_lock(4711)');
    const leave = new AbortController();
    const inCrowd = { ...call(), tenant: 'crowd' };
    const first = failureOf(
      pool.query({ ...inCrowd, signal: leave.signal }, 'select pg_advisory_xact_lock(4711)::text'),
    );
    const crowd = Array.from({ length: 39 }, () => pool.query(inCrowd, 'select pg_advisory_xact_lock(4711)::text'));
    await eventually('all are lent', () => pool.stats.inUse === 4 && pool.stats.waiting === 36);
    const other = pool.query({ ...call(), tenant: 'other' }, 'select 1 as one');
    // The one connection that comes back is the other's; in the order of their coming the crowd would have it, and keep it.
    leave.abort(new Error('left'));
    expect(await other).toEqual([{ one: 1 }]);
    await owner.query('select pg_advisory_unlock(4711)');
    await Promise.all([first, ...crowd]);
    expect(pool.stats).toMatchObject({ inUse: 0, waiting: 0 });
  });

  it('has its smallest number ready after the start, and keeps it (S3-91)', async () => {
    const pool = pools.open({ minSize: 3 });
    await pool.warm();
    expect(pool.stats.open).toBe(3);
  });

  it.each([
    ['the time of the pool', { waitTimeoutMs: 120 }, {}, 120],
    ['the deadline, less the time to say so', { waitTimeoutMs: 30_000 }, { remainingMs: 500 }, 450],
  ])('says how long was waited when %s is over (S3-93, S3-103)', async (_, options, time, waited) => {
    const pool = pools.open({ maxSize: 2, ...options });
    const held = new AbortController();
    const arrived = new Barrier(3);
    const holding = [1, 2].map(() =>
      failureOf(
        pool.transaction(call({ signal: held.signal }), async (session) => {
          await arrived.wait();
          await session.run(SLEEP);
        }),
      ),
    );
    await arrived.wait();
    const error = await failureOf(pool.query(call(time), 'select 1'));
    expect(error).toMatchObject({ reason: 'POOL_EXHAUSTED', metadata: { pool: 'db', in_use: '2', max: '2' } });
    const { message, metadata } = error as DatabaseError;
    const waitedMs = Number(metadata.waited_ms);
    // It says how long was really waited: the limit, but for what a timer may be early.
    expect(waitedMs).toBeGreaterThanOrEqual(waited - 10);
    const [, seconds] = /^pool db 2\/2, waited (\d+(?:\.\d)?)s$/.exec(message) ?? [];
    // Said in tenths of a second; the milliseconds beside it are rounded on their own.
    expect(Math.abs(Number(seconds) * 1000 - waitedMs)).toBeLessThanOrEqual(51);
    held.abort(new Error('enough'));
    await Promise.all(holding);
  });
});

describe('a look at the database', () => {
  it('finds it, finds it away, and takes one whose connections are all in use for there', async () => {
    const signal = AbortSignal.timeout(20_000);
    await pools.open().ping(signal);
    const away = pools.open({ url: 'postgresql://u:p@127.0.0.1:1/d' });
    expect(await failureOf(away.ping(signal))).toMatchObject({ reason: 'DATABASE_UNAVAILABLE' });
    const pool = pools.open({ maxSize: 1 });
    const leave = new AbortController();
    const holding = failureOf(pool.query(call({ signal: leave.signal }), SLEEP));
    await eventually('the statement runs', async () => (await activeQueries(database)) === 1);
    await pool.ping(signal);
    leave.abort(new Error('enough'));
    await holding;
  });
});
