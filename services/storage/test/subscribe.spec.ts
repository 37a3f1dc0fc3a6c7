import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@exempla/testing';
import { type EventLog, EventTail, SharedTail, subscribe, type Subscription } from '../src/events/index.ts';
import type { SubscriptionPart } from '../src/events/index.ts';
import { callOf } from './calls.ts';
import { ListedLog } from './event-fixtures.ts';

const ALL = { types: [], streamPrefix: '' };
const NEVER_MS = 2 ** 30;

function tailOn(log: ListedLog, options: { maxEvents?: number; maxBytes?: number; pollMs?: number } = {}) {
  const errors: unknown[] = [];
  const tails: EventTail[] = [];
  const shared = new SharedTail(async () => {
    const tail = await EventTail.start({
      log,
      listen: log.listen,
      pollMs: NEVER_MS,
      onError: (error) => errors.push(error),
      ...options,
    });
    tails.push(tail);
    return tail;
  });
  return { shared, errors, tails };
}

const open: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(open.splice(0).map((end) => end())));

/** A reader that takes a part when it is asked to. */
function reader(log: ListedLog, shared: SharedTail, options: Partial<Subscription> & { tenant?: string } = {}) {
  const { tenant = 't', after = 0n, filter = ALL } = options;
  const leave = new AbortController();
  const ports = { log: log as unknown as EventLog, tail: shared };
  const parts = subscribe(ports, callOf(tenant, { signal: leave.signal }), { after, filter });
  open.push(() => {
    leave.abort(new Error('the test is over'));
    return parts.return();
  });
  const next = async (): Promise<SubscriptionPart> => {
    const { value, done } = await parts.next();
    if (done) throw new Error('the subscription ended');
    return value;
  };
  /** What comes until it says that it has caught up. */
  const caughtUp = async (): Promise<string[]> => {
    const seen: string[] = [];
    for (let part = await next(); part.type !== 'caught-up'; part = await next()) seen.push(...idsOf(part));
    return seen;
  };
  return { parts, next, caughtUp, leave };
}

const idsOf = (part: SubscriptionPart): string[] => (part.type === 'events' ? part.events.map(({ id }) => id) : []);

describe('a subscription', () => {
  it('gives what is in the log, says that it has caught up, then gives what comes', async () => {
    const log = new ListedLog();
    for (let i = 0; i < 3; i += 1) log.put();
    const { shared } = tailOn(log);
    const { caughtUp, next } = reader(log, shared);
    expect(await caughtUp()).toEqual(['e1', 'e2', 'e3']);
    const coming = next();
    log.put();
    log.tell();
    expect(await coming).toMatchObject({ type: 'events', position: 4n });
  });

  it('does not say that it has caught up before what was appended earlier has come', async () => {
    const log = new ListedLog();
    const { shared } = tailOn(log);
    // The tail is there, at the head of that time, and nobody tells it of what comes.
    await reader(log, shared).caughtUp();
    log.put();
    expect(await reader(log, shared, { after: 0n }).caughtUp()).toEqual(['e1']);
  });

  it('of one tenant has nothing of another, and no sign of it', async () => {
    const log = new ListedLog();
    const { shared } = tailOn(log);
    const { caughtUp, next } = reader(log, shared);
    await caughtUp();
    const coming = next();
    for (let i = 0; i < 2_000; i += 1) log.put({ tenant: 'other' });
    log.tell();
    await eventually('the tail has them', () => log.reads.log >= 5);
    log.put();
    log.tell();
    expect(idsOf(await coming)).toEqual(['e2001']);
  });

  it('is not told that it has caught up again when only others were busy', async () => {
    const log = new ListedLog();
    const { shared, tails } = tailOn(log, { maxEvents: 2 });
    const { caughtUp, next } = reader(log, shared);
    await caughtUp();
    // It stands still while more passes than the tail keeps.
    for (let i = 0; i < 10; i += 1) log.put({ tenant: 'other' });
    log.tell();
    await eventually('the tail has them', () => tails[0]?.head === 10n);
    const coming = next();
    await eventually('it has looked', () => log.reads.all > 0);
    log.put();
    log.tell();
    expect(await coming).toMatchObject({ type: 'events', position: 11n });
  });

  it('begins and goes on while there is always more to read', async () => {
    const log = new ListedLog();
    const data = Buffer.alloc(200 * 1024);
    const readLog = log.readLog.bind(log);
    // Behind each page there is another.
    log.readLog = async (after, limit) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      const page = await readLog(after, limit);
      log.put({ data });
      return page;
    };
    log.put({ data });
    const { shared } = tailOn(log);
    const { next } = reader(log, shared);
    const seen: string[] = [];
    while (seen.length < 20) seen.push(...idsOf(await next()));
    expect(seen).toEqual(seen.map((_, i) => `e${i + 1}`));
  });

  it('tells how far it is when many events of its own are not of interest', async () => {
    const log = new ListedLog();
    const { shared } = tailOn(log);
    const { caughtUp, next } = reader(log, shared, { filter: { types: ['rare'], streamPrefix: '' } });
    await caughtUp();
    const coming = next();
    for (let i = 0; i < 600; i += 1) log.put();
    log.tell();
    expect(await coming).toMatchObject({ type: 'progress', position: 500n });
  });

  it('that is slow holds nobody up, keeps nothing in memory, and misses nothing', async () => {
    const log = new ListedLog();
    const { shared, tails } = tailOn(log, { maxEvents: 100 });
    const [slow, quick] = [reader(log, shared), reader(log, shared)];
    await Promise.all([slow.caughtUp(), quick.caughtUp()]);
    const seen: string[] = [];
    for (let i = 0; i < 1_000; i += 1) {
      log.put();
      log.tell();
      seen.push(...idsOf(await quick.next()));
    }
    const ids = log.events.map(({ id }) => id);
    expect(seen).toEqual(ids);
    expect(tails[0]?.size.events).toBe(100);
    const before = log.reads.all;
    // Behind the tail it reads the log, and says so when it has caught up again.
    expect(await slow.caughtUp()).toEqual(ids);
    expect(log.reads.all).toBeGreaterThan(before);
  });

  it('ends its pages where it would without the events of others', async () => {
    const pagesOf = async (others: number): Promise<number[]> => {
      const log = new ListedLog();
      const { shared } = tailOn(log);
      const { caughtUp, next, parts } = reader(log, shared);
      await caughtUp();
      const coming = next();
      for (let i = 0; i < 1_200; i += 1) {
        log.put();
        for (let k = 0; k < others; k += 1) log.put({ tenant: 'other' });
      }
      // Of the first page of the tail the reader is told at once; the rest is there when it comes for it.
      log.tell();
      const pages = [idsOf(await coming).length];
      await eventually('the tail has all', () => log.reads.log > 3 + 2 * others);
      for (let seen = pages[0] ?? 0; seen < 1_200; seen += pages.at(-1) ?? 0) pages.push(idsOf(await next()).length);
      await parts.return();
      return pages.slice(1, -1);
    };
    const alone = await pagesOf(0);
    expect(alone).toEqual([500]);
    expect((await pagesOf(2)).every((length) => length === 500)).toBe(true);
  });

  it('comes in messages of bounded size', async () => {
    const log = new ListedLog();
    const { shared, tails } = tailOn(log);
    const { caughtUp, next } = reader(log, shared);
    await caughtUp();
    const coming = next();
    for (let i = 0; i < 40; i += 1) log.put({ data: Buffer.alloc(100 * 1024) });
    log.tell();
    const sizes = [idsOf(await coming).length];
    await eventually('the tail has them', () => tails[0]?.head === 40n);
    while (sizes.reduce((sum, size) => sum + size, 0) < 40) sizes.push(idsOf(await next()).length);
    expect(Math.max(...sizes)).toBe(3);
  });

  it('keeps no more bytes in memory than it may', async () => {
    const log = new ListedLog();
    const { shared, tails } = tailOn(log, { maxBytes: 1_000 });
    const { caughtUp } = reader(log, shared);
    await caughtUp();
    for (let i = 0; i < 50; i += 1) log.put({ data: Buffer.alloc(100) });
    log.tell();
    await eventually('the tail has them', () => tails[0]?.head === 50n);
    expect(tails[0]?.size).toEqual({ events: 10, bytes: 1_000 });
  });

  it('from now begins behind the last event', async () => {
    const log = new ListedLog();
    log.put();
    const { shared } = tailOn(log);
    expect(await reader(log, shared, { after: 'now' }).caughtUp()).toEqual([]);
  });

  it('that comes from a replica further on waits for this one', async () => {
    const log = new ListedLog();
    log.put();
    const { shared } = tailOn(log);
    const { caughtUp, next } = reader(log, shared, { after: 3n });
    expect(await caughtUp()).toEqual([]);
    const coming = next();
    for (let i = 0; i < 3; i += 1) {
      log.put();
      log.tell();
    }
    expect(idsOf(await coming)).toEqual(['e4']);
  });

  it('ends with its call, and the tail with the last of them', async () => {
    const log = new ListedLog();
    const { shared } = tailOn(log);
    const [one, two] = [reader(log, shared), reader(log, shared)];
    await Promise.all([one.caughtUp(), two.caughtUp()]);
    expect([shared.watchers, log.listening]).toEqual([2, 1]);
    const [waiting, alsoWaiting] = [one.next(), two.next()];
    one.leave.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    expect([shared.watchers, log.listening]).toEqual([1, 1]);
    two.leave.abort(new Error('left too'));
    await expect(alsoWaiting).rejects.toThrow('left too');
    await shared.stopped();
    expect([shared.watchers, log.listening]).toEqual([0, 0]);
    const reads = log.reads.log;
    log.tell();
    await new Promise((resolve) => setImmediate(resolve));
    expect(log.reads.log).toBe(reads);
    // And begins anew with the next.
    log.put();
    expect(await reader(log, shared, { after: 'now' }).caughtUp()).toEqual([]);
  });

  it('sees by looking what nobody told of', async () => {
    const log = new ListedLog();
    const { shared } = tailOn(log, { pollMs: 5 });
    const { caughtUp, next } = reader(log, shared);
    await caughtUp();
    const coming = next();
    log.put();
    expect(idsOf(await coming)).toEqual(['e1']);
  });

  it('outlives a look that fails; one that begins then is told', async () => {
    const log = new ListedLog();
    const { shared, errors } = tailOn(log);
    const { caughtUp, next } = reader(log, shared);
    await caughtUp();
    const coming = next();
    log.failure = new Error('away');
    await expect(reader(log, shared).next()).rejects.toThrow('away');
    expect(errors).toEqual([new Error('away')]);
    log.put();
    log.tell();
    expect(idsOf(await coming)).toEqual(['e1']);
  });
});
