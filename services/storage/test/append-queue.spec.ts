import { describe, expect, it } from '@jest/globals';
import { AppendQueue } from '../src/events/index.ts';
import type { Append, AppendOutcome } from '../src/events/index.ts';
import { callOf } from './calls.ts';
import { appendOf } from './event-fixtures.ts';

/** A log that answers when it is told to, and keeps what each transaction brought. */
function heldLog() {
  const batches: { ids: string[]; answer: (error?: Error) => void }[] = [];
  const append = (appends: readonly Append[]): Promise<AppendOutcome[]> =>
    new Promise((resolve, reject) => {
      const outcomes = appends.map((_, i): AppendOutcome => {
        const revision = BigInt(i + 1);
        return { type: 'appended', firstRevision: revision, lastRevision: revision, position: revision };
      });
      const answer = (error?: Error): void => (error ? reject(error) : resolve(outcomes));
      batches.push({ ids: appends.flatMap(({ events }) => events.map(({ id }) => id)), answer });
    });
  return { batches, append };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

function queueOn(
  log: ReturnType<typeof heldLog>,
  limits: { maxWaitingEvents?: number; maxWaitingBytes?: number } = {},
) {
  let appended = 0;
  const queue = new AppendQueue({
    log,
    onAppended: () => (appended += 1),
    isAway: (error) => (error as Error).message === 'away',
    ...limits,
  });
  return { queue, appended: () => appended };
}

const outcome = (promise: Promise<AppendOutcome[]>): Promise<unknown> =>
  promise.then(
    ([first]) => first?.type,
    (error: unknown) => (error as Error).message,
  );

/** Two batches on their way, so that what follows waits. */
async function busy(log: ReturnType<typeof heldLog>, queue: AppendQueue): Promise<Promise<unknown>[]> {
  const first = outcome(queue.append(callOf('t'), [appendOf('first')]));
  await turn();
  const second = outcome(queue.append(callOf('t'), [appendOf('second')]));
  await turn();
  expect(log.batches.map(({ ids }) => ids)).toEqual([['first'], ['second']]);
  return [first, second];
}

describe('the append queue', () => {
  it('sends one that comes alone at once, and those that come meanwhile together', async () => {
    const log = heldLog();
    const { queue, appended } = queueOn(log);
    const underWay = await busy(log, queue);
    const later = ['a', 'b', 'c'].map((id) => outcome(queue.append(callOf('t'), [appendOf(id)])));
    await turn();
    expect(log.batches).toHaveLength(2);
    expect(queue.stats).toMatchObject({ events: 3, batches: 2 });
    log.batches[0]?.answer();
    await turn();
    expect(log.batches[2]?.ids).toEqual(['a', 'b', 'c']);
    log.batches[1]?.answer();
    log.batches[2]?.answer();
    expect(await Promise.all([...underWay, ...later])).toEqual(Array.from({ length: 5 }, () => 'appended'));
    expect(appended()).toBe(3);
    expect(queue.stats).toEqual({ events: 0, bytes: 0, batches: 0 });
  });

  it('gathers those that come in one turn of the loop', async () => {
    const log = heldLog();
    const { queue } = queueOn(log);
    for (const id of ['a', 'b', 'c']) void outcome(queue.append(callOf('t'), [appendOf(id)]));
    await turn();
    expect(log.batches.map(({ ids }) => ids)).toEqual([['a', 'b', 'c']]);
  });

  it('sends many that wait while nothing is on its way in two halves, so that one is written while the other is answered', async () => {
    const log = heldLog();
    const { queue } = queueOn(log);
    const come = (): void => {
      for (let i = 0; i < 256; i += 1) void outcome(queue.append(callOf('t'), [appendOf(`${i}`)]));
    };
    come();
    await turn();
    expect(log.batches.map(({ ids }) => ids.length)).toEqual([128, 128]);
    come();
    log.batches[0]?.answer();
    await turn();
    expect(log.batches.map(({ ids }) => ids.length)).toEqual([128, 128, 256]);
  });

  it('does not divide what is little', async () => {
    const log = heldLog();
    const { queue } = queueOn(log);
    for (let i = 0; i < 64; i += 1) void outcome(queue.append(callOf('t'), [appendOf(`${i}`)]));
    await turn();
    expect(log.batches.map(({ ids }) => ids.length)).toEqual([64]);
  });

  it('leaves out who left, or ran out of time, before the batch was sent', async () => {
    const log = heldLog();
    const { queue } = queueOn(log);
    void (await busy(log, queue));
    const leave = new AbortController();
    const gone = outcome(queue.append(callOf('t', { signal: leave.signal }), [appendOf('gone')]));
    void outcome(queue.append(callOf('t', { remainingMs: 0 }), [appendOf('late')]));
    const stays = outcome(queue.append(callOf('t'), [appendOf('stays')]));
    leave.abort(new Error('left'));
    expect(await gone).toBe('left');
    log.batches[0]?.answer();
    await turn();
    expect(log.batches[2]?.ids).toEqual(['stays']);
    log.batches[2]?.answer();
    expect(await stays).toBe('appended');
  });

  it('does not undo or hold up a batch for one who leaves after it was sent', async () => {
    const log = heldLog();
    const { queue } = queueOn(log);
    const leave = new AbortController();
    const gone = outcome(queue.append(callOf('t', { signal: leave.signal }), [appendOf('gone')]));
    const stays = outcome(queue.append(callOf('t'), [appendOf('stays')]));
    await turn();
    leave.abort(new Error('left'));
    expect(await gone).toBe('left');
    log.batches[0]?.answer();
    expect(await stays).toBe('appended');
    expect(log.batches.map(({ ids }) => ids)).toEqual([['gone', 'stays']]);
  });

  it('lets nobody pay for what another one sent: a batch that is refused goes again one by one', async () => {
    const log = heldLog();
    const { queue } = queueOn(log);
    const all = ['good', 'bad', 'fine'].map((id) => outcome(queue.append(callOf('t'), [appendOf(id)])));
    await turn();
    log.batches[0]?.answer(new Error('refused'));
    await turn();
    log.batches[1]?.answer();
    await turn();
    log.batches[2]?.answer(new Error('refused'));
    await turn();
    log.batches[3]?.answer();
    expect(await Promise.all(all)).toEqual(['appended', 'refused', 'appended']);
    expect(log.batches.map(({ ids }) => ids)).toEqual([['good', 'bad', 'fine'], ['good'], ['bad'], ['fine']]);
  });

  it('sends nobody again who has left, or whose time is up, when his batch was refused', async () => {
    const log = heldLog();
    const { queue } = queueOn(log);
    const leave = new AbortController();
    let remainingMs = 1_000;
    const late = { ...callOf('t'), deadline: { remainingMs: () => remainingMs } };
    const gone = outcome(queue.append(callOf('t', { signal: leave.signal }), [appendOf('gone')]));
    void outcome(queue.append(late, [appendOf('late')]));
    const stays = outcome(queue.append(callOf('t'), [appendOf('stays')]));
    await turn();
    leave.abort(new Error('left'));
    remainingMs = 0;
    log.batches[0]?.answer(new Error('refused'));
    await turn();
    log.batches[1]?.answer();
    expect(await Promise.all([gone, stays])).toEqual(['left', 'appended']);
    expect(log.batches.map(({ ids }) => ids)).toEqual([['gone', 'late', 'stays'], ['stays']]);
  });

  it('tells everybody when the store is away, and asks it once', async () => {
    const log = heldLog();
    const { queue } = queueOn(log);
    const all = ['a', 'b'].map((id) => outcome(queue.append(callOf('t'), [appendOf(id)])));
    await turn();
    log.batches[0]?.answer(new Error('away'));
    expect(await Promise.all(all)).toEqual(['away', 'away']);
    expect(log.batches).toHaveLength(1);
  });

  it('takes no more than it has room for, by events and by bytes, and any one when it is empty', async () => {
    const log = heldLog();
    const { queue } = queueOn(log, { maxWaitingEvents: 3, maxWaitingBytes: 100 });
    void (await busy(log, queue));
    void outcome(queue.append(callOf('t'), [appendOf('large', { bytes: 1_000 })]));
    expect(() => queue.append(callOf('t'), [appendOf('more')])).toThrow('too many appends are waiting');
    log.batches[0]?.answer();
    await turn();
    for (const id of ['a', 'b', 'c']) void outcome(queue.append(callOf(id), [appendOf(id)]));
    // How much that is would tell a tenant what the others do.
    expect(() => queue.append(callOf('t'), [appendOf('d')])).toThrow(
      expect.objectContaining({ reason: 'APPEND_QUEUE_FULL', metadata: {}, message: expect.not.stringMatching(/\d/) }),
    );
  });

  it.each([
    ['events', { maxWaitingEvents: 8 }, 1],
    ['bytes', { maxWaitingBytes: 800 }, 100],
  ] as const)('keeps half of its room for others than one tenant, by %s', async (_, limits, bytes) => {
    const log = heldLog();
    const { queue } = queueOn(log, limits);
    void (await busy(log, queue));
    const come = (tenant: string): Promise<unknown> =>
      outcome(queue.append(callOf(tenant), [appendOf('any', { bytes, tenant })]));
    for (let i = 0; i < 4; i += 1) void come('greedy');
    expect(() => come('greedy')).toThrow('too many appends are waiting');
    const others = ['a', 'b', 'c', 'd'].map(come);
    expect(() => come('e')).toThrow('too many appends are waiting');
    for (let i = 0; i < 3; i += 1) {
      log.batches[i]?.answer();
      await turn();
    }
    expect(await Promise.all(others)).toEqual(others.map(() => 'appended'));
    // What is no longer there takes no room.
    for (let i = 0; i < 4; i += 1) void come('greedy');
    expect(queue.stats).toMatchObject({ events: 4, bytes: 4 * bytes });
  });

  it('cuts batches by events and by bytes', async () => {
    const log = heldLog();
    const { queue } = queueOn(log);
    void (await busy(log, queue));
    const many = Array.from({ length: 600 }, (_, i) => appendOf(`e${i}`));
    for (const append of many) void outcome(queue.append(callOf('t'), [append]));
    for (const id of ['x', 'y']) void outcome(queue.append(callOf('t'), [appendOf(id, { bytes: 3_000_000 })]));
    for (let i = 0; i < 3; i += 1) {
      log.batches[i]?.answer();
      await turn();
    }
    expect(log.batches.map(({ ids }) => ids.length)).toEqual([1, 1, 512, 89, 1]);
  });

  it('is idle when the last batch has ended', async () => {
    const log = heldLog();
    const { queue } = queueOn(log);
    await queue.idle();
    void outcome(queue.append(callOf('t'), [appendOf('a')]));
    let isIdle = false;
    const idle = queue.idle().then(() => (isIdle = true));
    await turn();
    expect(isIdle).toBe(false);
    log.batches[0]?.answer();
    await idle;
  });
});
