import { describe, expect, it } from '@jest/globals';
import { manualClock as manual } from '@exempla/testing';
import type { Clock } from '../src/clock.ts';
import { AdaptiveLimit, type Outcome } from '../src/limiter/adaptive-limit.ts';
import { UpstreamLimiter } from '../src/limiter/upstream-limiter.ts';

/** One call that takes `ms`, as a limit of its own sees it. */
function call(limit: AdaptiveLimit, now: number, { ms = 100, outcome = 'ok' as Outcome, key = 'k' } = {}): void {
  limit.started(now);
  if (outcome === 'ok') limit.answered(now, { key, ms }, now + ms);
  limit.ended(now, outcome, now + ms);
}

/** How long it takes until seven calls of 500 ms have been answered, all there at `now`. */
function sevenCallsMs(limit: AdaptiveLimit, now: number): number {
  const ms = 500;
  const ends: number[] = [];
  let [started, answered] = [0, 0];
  for (let at = now; at < now + 120_000; at += 10) {
    while (ends[0] !== undefined && ends[0] <= at) {
      const began = ends.shift()! - ms;
      limit.answered(began, { key: 'k', ms }, at);
      limit.ended(began, 'ok', at);
      answered += 1;
    }
    if (answered === 7) return at - now;
    for (; started < 7 && limit.waitMs(at) === 0; started += 1) {
      limit.started(at);
      ends.push(at + ms);
    }
  }
  return Infinity;
}

describe('an adaptive limit', () => {
  it('doubles with each round trip while all goes well, up to its maximum', () => {
    const limit = new AdaptiveLimit({ initial: 4, max: 12 });
    const seen: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const starts = Math.floor(limit.limit);
      for (let i = 0; i < starts; i += 1) limit.started(round * 100);
      for (let i = 0; i < starts; i += 1) limit.answered(round * 100, { key: 'k', ms: 50 }, round * 100 + 50);
      for (let i = 0; i < starts; i += 1) limit.ended(round * 100, 'ok', round * 100 + 50);
      seen.push(limit.limit);
    }
    expect(seen).toEqual([8, 12, 12, 12]);
  });

  it('does not grow while it is not used', () => {
    const limit = new AdaptiveLimit({ initial: 10, max: 100 });
    for (let i = 0; i < 50; i += 1) call(limit, i * 1_000);
    expect(limit.limit).toBe(10);
  });

  it('falls once for all that were refused together, to what was not refused', () => {
    const limit = new AdaptiveLimit({ initial: 10, max: 100 });
    for (let i = 0; i < 10; i += 1) limit.started(0);
    for (let i = 0; i < 5; i += 1) limit.ended(0, 'overload', 1);
    expect(limit.limit).toBe(5);
    expect(limit.waitMs(2)).toBe(Infinity);
  });

  it('spaces starts when its limit is a fraction, so that it can be less than one at a time', () => {
    const limit = new AdaptiveLimit({ initial: 1, max: 1 });
    call(limit, 0, { ms: 300 });
    call(limit, 1_000, { ms: 0, outcome: 'overload' });
    expect(limit.limit).toBeCloseTo(0.7);
    expect(limit.waitMs(1_000 + 300)).toBeGreaterThan(0);
    expect(limit.waitMs(1_000)).toBeCloseTo(300 / 0.7);
  });

  it('never waits for longer than ten seconds because of the spacing', () => {
    const limit = new AdaptiveLimit({ initial: 1, max: 100 });
    for (let i = 0; i < 100; i += 1) call(limit, i * 60_000, { ms: 5_000, outcome: 'overload' });
    expect(limit.waitMs(100 * 60_000)).toBeLessThanOrEqual(10_000);
  });

  it('recovers a twentieth a second, whatever the number of calls', () => {
    const limit = new AdaptiveLimit({ initial: 1, max: 100 });
    call(limit, 0, { ms: 0, outcome: 'overload' });
    const fallen = limit.limit;
    for (let ms = 10; ms <= 1_000; ms += 10) call(limit, ms - 10, { ms: 10 });
    expect(limit.limit / fallen).toBeCloseTo(1.05, 1);
  });

  it('recovers by the clock as well, up to where it began: a rush some time ago keeps nobody waiting', () => {
    const limit = new AdaptiveLimit({ initial: 20, max: 100 });
    for (let i = 0; i < 20; i += 1) call(limit, i * 500, { ms: 50, outcome: 'overload' });
    expect(limit.limit).toBeLessThan(0.2);
    expect(sevenCallsMs(limit, 130_000)).toBeLessThan(2_000);
    // No further than it began: nobody has seen more than that to be borne.
    expect(limit.limit).toBeLessThan(21);
  });

  it('a call that was refused while no other was under way takes half, and says nothing of how many there may be', () => {
    const limit = new AdaptiveLimit({ initial: 20, max: 100 });
    call(limit, 0, { outcome: 'overload' });
    expect(limit.limit).toBeCloseTo(10);
  });

  it('falls when answers come later than usual, and not when they are longer ones', () => {
    const limit = new AdaptiveLimit({ initial: 10, max: 10 });
    for (let i = 0; i < 20; i += 1) call(limit, i * 100, { ms: 600, key: 'short' });
    for (let i = 0; i < 20; i += 1) call(limit, 10_000 + i * 3_000, { ms: 3_000, key: 'long' });
    expect(limit.limit).toBe(10);
    for (let i = 0; i < 20; i += 1) call(limit, 100_000 + i * 3_000, { ms: 3_000, key: 'short' });
    expect(limit.limit).toBeLessThan(9.5);
    expect(limit.limit).toBeGreaterThanOrEqual(1);
  });

  it('takes no notice of latencies of less than a second', () => {
    const limit = new AdaptiveLimit({ initial: 10, max: 10 });
    for (let i = 0; i < 20; i += 1) call(limit, i * 100, { ms: 5 });
    for (let i = 0; i < 20; i += 1) call(limit, 10_000 + i * 900, { ms: 900 });
    expect(limit.limit).toBe(10);
  });

  it('is not touched by calls that say nothing of load', () => {
    const limit = new AdaptiveLimit({ initial: 10, max: 100 });
    for (let i = 0; i < 20; i += 1) call(limit, i, { outcome: 'other' });
    expect([limit.limit, limit.inFlight]).toEqual([10, 0]);
  });
});

describe('sixty calls against five a second, in virtual time', () => {
  it('settles at what the upstream bears: a few refusals at first, hardly any later', async () => {
    const time = manual();
    const clock: Clock = {
      now: time.now,
      after: (ms, wake) => {
        let wanted = true;
        void time.sleep(Math.ceil(ms)).then(() => wanted && wake());
        return () => (wanted = false);
      },
    };
    const limiter = new UpstreamLimiter(clock, { initial: 10, max: 100 });
    const upstream = bucket(5, 5);
    const sent: { at: number; refused: boolean }[] = [];
    const one = async (): Promise<void> => {
      for (;;) {
        const slot = await limiter.acquire({ tenant: 'acme' }, new AbortController().signal);
        const refused = !upstream(time.now());
        sent.push({ at: time.now(), refused });
        if (!refused) {
          await time.sleep(300);
          slot.answered({ key: 'k', ms: 300 });
          return slot.end('ok');
        }
        slot.end('overload');
        await time.sleep(1_000);
      }
    };
    let done = 0;
    const calls = Array.from({ length: 60 }, () => one().then(() => (done += 1)));
    while (done < 60 && time.now() < 60_000) await time.advance(50);
    await Promise.all(calls);
    const late = sent.filter(({ at }) => at > 3_000);
    expect(time.now()).toBeLessThan(20_000);
    expect(late.filter(({ refused }) => refused).length / late.length).toBeLessThanOrEqual(0.05);
    expect(limiter.inFlight).toBe(0);
  });
});

function bucket(perSecond: number, burst: number): (now: number) => boolean {
  let tokens = burst;
  let since = 0;
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - since) / 1_000) * perSecond);
    since = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
