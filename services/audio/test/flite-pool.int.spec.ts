import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Worker } from 'node:worker_threads';
import { eventually, nothingMore, openHandles } from '@exempla/testing';
import { compileFlite } from '../src/adapters/flite-engine.ts';
import { FlitePool } from '../src/adapters/flite-pool.ts';
import type { FliteJob } from '../src/adapters/flite-protocol.ts';
import { spawnFlite, type SpawnThread } from '../src/adapters/flite-thread.ts';
import { SpeechError } from '../src/speech/index.ts';

const SHORT = { text: 'Hello.', voice: 'kal16', speed: 1 };
/** Keeps a worker busy for seconds. */
const LONG = { text: 'word '.repeat(900), voice: 'slt', speed: 1 };
const never = new AbortController().signal;

let module: WebAssembly.Module;
let pool: FlitePool;
let threads: Worker[] = [];

beforeAll(async () => {
  module = await compileFlite();
});

function start(workers = 2, maxWaiting = 50, spawn: SpawnThread = spawnFlite(module)): FlitePool {
  threads = [];
  const recording: SpawnThread = () => {
    const thread = spawn();
    threads.push(thread);
    return thread;
  };
  pool = new FlitePool(recording, { workers, maxWaiting });
  return pool;
}

afterEach(() => pool.close());

const spareIsWarm = (): Promise<void> => eventually('a spare', () => pool.stats().spares === 1);
/** A thread that ended has the id −1. */
const alive = (): number => threads.filter((thread) => thread.threadId > 0).length;
const errorOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error: unknown) => error,
  );
const reasonOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await errorOf(promise);
  return error instanceof SpeechError ? error.reason : String(error);
};

it('starts the workers and one spare', async () => {
  start(2);
  await pool.ready;
  expect(pool.stats().workersAlive).toBe(3);
  await spareIsWarm();
  expect(pool.stats()).toEqual({
    workersAlive: 3,
    busy: 0,
    spares: 1,
    queue: 0,
    sentencesSynthesised: 0,
    cancelled: 0,
    failed: 0,
  });
});

it('makes eight pieces with two workers, never more at once', async () => {
  start(2);
  await eventually('every thread is up', () => pool.stats().spares === 1);
  const eight = Array.from({ length: 8 }, () => pool.run(SHORT, never));
  let most = 0;
  const all = Promise.all(
    eight.map(async (piece) => {
      most = Math.max(most, pool.stats().busy);
      const { samples } = await piece;
      most = Math.max(most, pool.stats().busy);
      return samples.length;
    }),
  );
  const lengths = await all;
  expect(new Set(lengths).size).toBe(1);
  expect(lengths[0]).toBeGreaterThan(4_000);
  expect(most).toBe(2);
  expect(pool.stats()).toMatchObject({ workersAlive: 3, busy: 0, queue: 0, sentencesSynthesised: 8 });
});

describe('a caller that goes away', () => {
  it('while its piece is made: the thread ends, and the spare takes its place at once', async () => {
    start(1);
    await spareIsWarm();
    const caller = new AbortController();
    const cancelled = errorOf(pool.run(LONG, caller.signal));
    const next = pool.run(SHORT, never);
    expect(pool.stats()).toMatchObject({ busy: 1, queue: 1 });
    caller.abort(new Error('gone'));
    expect(pool.stats()).toMatchObject({ busy: 1, queue: 0, cancelled: 1 });
    expect(String(await cancelled)).toBe('Error: gone');
    await next;
    await spareIsWarm();
    await eventually('the thread has ended', () => alive() === 2);
    expect([threads.length, pool.stats().workersAlive]).toEqual([3, 2]);
  });

  it('while it waits: it leaves the line, and no thread ends', async () => {
    start(1);
    await spareIsWarm();
    const caller = new AbortController();
    const first = pool.run(SHORT, never);
    const waiting = errorOf(pool.run(LONG, caller.signal));
    expect(pool.stats().queue).toBe(1);
    caller.abort(new Error('gone'));
    expect(pool.stats().queue).toBe(0);
    expect(String(await waiting)).toBe('Error: gone');
    await first;
    expect([threads.length, pool.stats().sentencesSynthesised]).toEqual([2, 1]);
  });

  it('before it came: nothing is begun', async () => {
    start(1);
    expect(String(await errorOf(pool.run(SHORT, AbortSignal.abort(new Error('late')))))).toBe('Error: late');
    expect(pool.stats()).toMatchObject({ busy: 0, queue: 0 });
  });

  it('after its answer: nothing happens', async () => {
    start(1);
    const caller = new AbortController();
    await pool.run(SHORT, caller.signal);
    caller.abort();
    expect([pool.stats().cancelled, threads.length]).toEqual([0, 2]);
  });
});

describe('a thread that dies', () => {
  it('fails its call only and is replaced', async () => {
    start(2);
    await spareIsWarm();
    const dying = reasonOf(pool.run(LONG, never));
    const living = pool.run({ ...SHORT, text: 'Here is another call that goes on living.' }, never);
    const waiting = pool.run(SHORT, never);
    await threads[0]?.terminate();
    expect(await dying).toBe('ENGINE_FAILED');
    expect((await living).samples.length).toBeGreaterThan(16_000);
    await waiting;
    await spareIsWarm();
    expect(pool.stats()).toMatchObject({ workersAlive: 3, failed: 1, sentencesSynthesised: 2 });
  });

  it('of an error inside it fails the call, and the caller is not told what the error was', async () => {
    start(1);
    const error = await errorOf(pool.run(null as unknown as FliteJob, never));
    expect(error).toMatchObject({ reason: 'ENGINE_FAILED', metadata: { engine: 'flite' } });
    expect(String(error)).not.toContain('null');
    expect(String((error as SpeechError).cause)).toContain('null');
    await pool.run(SHORT, never);
  });

  it('when idle is replaced as well', async () => {
    start(2);
    await spareIsWarm();
    await threads[2]?.terminate();
    await eventually('another spare', () => pool.stats().spares === 1 && threads.length === 4);
    expect(pool.stats()).toMatchObject({ workersAlive: 3, failed: 0 });
  });

  it('again and again before it is ready: callers are told, and the engine is tried again', async () => {
    let broken = true;
    const good = spawnFlite(module);
    start(1, 50, () => (broken ? new Worker('process.exit(1)', { eval: true }) : good()));
    await expect(pool.ready).rejects.toThrow('does not start');
    expect(await reasonOf(pool.run(SHORT, never))).toBe('ENGINE_FAILED');
    broken = false;
    await pool.run(SHORT, never);
    await spareIsWarm();
    expect(pool.stats().workersAlive).toBe(2);
  });
});

it('refuses a new call when the line is full, and takes it when there is room', async () => {
  start(1, 2);
  await spareIsWarm();
  const callers = [1, 2, 3].map(() => new AbortController());
  const calls = callers.map((caller) => errorOf(pool.run(LONG, caller.signal)));
  expect(() => pool.admit()).toThrow(SpeechError);
  expect(() => pool.admit()).toThrow('all 1 speech workers are busy and 2 pieces are waiting already');
  callers[2]?.abort();
  expect(() => pool.admit()).not.toThrow();
  for (const caller of callers) caller.abort();
  await Promise.all(calls);
});

describe('closing', () => {
  it('ends every thread, running and waiting calls fail, and use afterwards is an error', async () => {
    start(2);
    await spareIsWarm();
    const calls = [1, 2, 3].map(() => reasonOf(pool.run(LONG, never)));
    await pool.close();
    expect(await Promise.all(calls)).toEqual(['ENGINE_FAILED', 'ENGINE_FAILED', 'ENGINE_FAILED']);
    expect(alive()).toBe(0);
    expect(await reasonOf(pool.run(SHORT, never))).toBe('ENGINE_FAILED');
    expect(() => pool.admit()).toThrow('closed');
    await pool.close();
  });

  it('while threads still come up leaves none', async () => {
    start(2);
    await pool.close();
    expect(alive()).toBe(0);
  });
});

it('200 pieces, every third cancelled, leave as much behind as none (G-LEAK)', async () => {
  start(2, 500);
  await spareIsWarm();
  const before = openHandles();
  for (let round = 0; round < 10; round++) {
    const calls = Array.from({ length: 20 }, (_, index) => {
      const caller = new AbortController();
      const call = errorOf(pool.run(SHORT, caller.signal));
      return { call, caller, cancel: index % 3 === 0 };
    });
    for (const { caller, cancel } of calls) if (cancel) caller.abort(new Error('gone'));
    const answers = await Promise.all(calls.map(({ call }) => call));
    expect(answers.filter((answer) => answer === 'no error').length).toBe(13);
  }
  await spareIsWarm();
  expect(pool.stats()).toMatchObject({
    workersAlive: 3,
    busy: 0,
    spares: 1,
    queue: 0,
    sentencesSynthesised: 130,
    cancelled: 70,
    failed: 0,
  });
  await nothingMore(async () => openHandles(), before);
  expect(alive()).toBe(3);
});
