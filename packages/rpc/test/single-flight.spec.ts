import { describe, expect, it } from '@jest/globals';
import { gate } from '@exempla/testing';
import { currentCall, runInCall, type CallContext, type CallTime } from '../src/call-context.ts';
import { SingleFlight } from '../src/single-flight.ts';
import { context } from './contexts.ts';

const waiting = (ms = 10_000, signal = new AbortController().signal): CallTime => ({ signal, remainingMs: () => ms });
/** Begins work that is nothing but its result. */
const doing =
  <T>(work: (time: CallTime) => Promise<T>) =>
  (time: CallTime) => ({ result: work(time) });
const isOfTime = (error: unknown): boolean => (error as Error).message.includes('time');
const unheard = (): void => {};

describe('equal work', () => {
  it('is done once for all who ask meanwhile, and again for who asks later', async () => {
    const flights = new SingleFlight(isOfTime);
    const open = gate();
    let times = 0;
    let shared = 0;
    const work = async (): Promise<number> => {
      await open.promise;
      return ++times;
    };
    const all = Array.from({ length: 5 }, () => flights.join('k', waiting(), doing(work), () => (shared += 1)));
    const other = flights.join('other', waiting(), doing(work), unheard);
    open.open();
    expect(await Promise.all(all)).toEqual([1, 1, 1, 1, 1]);
    expect([await other, shared, flights.size]).toEqual([2, 4, 0]);
    expect(await flights.join('k', waiting(), doing(work), unheard)).toBe(3);
  });

  it('goes on when the one that began it leaves, and is told to stop when the last one has', async () => {
    const flights = new SingleFlight(isOfTime);
    const callers = [new AbortController(), new AbortController()];
    const open = gate();
    let told: AbortSignal | undefined;
    const work = async ({ signal }: CallTime): Promise<string> => {
      told = signal;
      await open.promise;
      return 'done';
    };
    const [first, second] = callers.map(({ signal }) =>
      flights.join('k', waiting(10_000, signal), doing(work), unheard),
    );
    callers[0]!.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(told?.aborted).toBe(false);
    callers[1]!.abort(new Error('gone too'));
    await expect(second).rejects.toThrow('gone too');
    expect(told?.aborted).toBe(true);
    // Who asks now begins anew, although the old work has not ended.
    const again = flights.join(
      'k',
      waiting(),
      doing(() => Promise.resolve('new')),
      unheard,
    );
    expect(await again).toBe('new');
    open.open();
    expect(flights.size).toBe(0);
  });

  it('fails for all who wait', async () => {
    const flights = new SingleFlight(isOfTime);
    const work = () => Promise.reject(new Error('out of order'));
    const all = [
      flights.join('k', waiting(), doing(work), unheard),
      flights.join('k', waiting(), doing(work), unheard),
    ];
    for (const one of all) await expect(one).rejects.toThrow('out of order');
    expect(flights.size).toBe(0);
  });

  it('that failed for want of time is begun again by who has more', async () => {
    const flights = new SingleFlight(isOfTime);
    const given: number[] = [];
    const work = async ({ remainingMs }: CallTime): Promise<string> => {
      given.push(Math.round(remainingMs() / 1_000));
      if (given.length === 1) throw new Error('too little time');
      return 'done';
    };
    const hasty = flights.join('k', waiting(2_000), doing(work), unheard);
    const patient = flights.join('k', waiting(20_000), doing(work), unheard);
    await expect(hasty).rejects.toThrow('too little time');
    expect(await patient).toBe('done');
    expect(given).toEqual([2, 20]);
  });

  it('that failed for another reason is not: a refusal that was paid for is one for all', async () => {
    const flights = new SingleFlight(isOfTime);
    let times = 0;
    const work = (): Promise<string> => {
      times += 1;
      return Promise.reject(new Error('refused'));
    };
    const hasty = flights.join('k', waiting(2_000), doing(work), unheard);
    const patient = flights.join('k', waiting(20_000), doing(work), unheard);
    await expect(hasty).rejects.toThrow('refused');
    await expect(patient).rejects.toThrow('refused');
    expect(times).toBe(1);
  });

  it('has as much time as whoever waits longest, and is not begun again by who was counted in', async () => {
    const flights = new SingleFlight(isOfTime);
    const [open, begun] = [gate(), gate()];
    const seen: number[] = [];
    const work = async ({ remainingMs }: CallTime): Promise<never> => {
      seen.push(remainingMs());
      begun.open();
      await open.promise;
      seen.push(remainingMs());
      throw new Error('still too little time');
    };
    const hasty = flights.join('k', waiting(2_000), doing(work), unheard);
    await begun.promise;
    const leaving = new AbortController();
    const longest = flights.join('k', waiting(30_000, leaving.signal), doing(work), unheard);
    const patient = flights.join('k', waiting(20_000), doing(work), unheard);
    leaving.abort(new Error('gone'));
    await expect(longest).rejects.toThrow('gone');
    open.open();
    for (const one of [hasty, patient]) await expect(one).rejects.toThrow('still too little time');
    expect(seen).toEqual([2_000, 20_000]);
  });

  it('runs in the call that began it, but ends with the last that waits', async () => {
    const flights = new SingleFlight(isOfTime);
    const callers = [new AbortController(), new AbortController()];
    const open = gate();
    let inside: CallContext | undefined;
    const work = async (): Promise<void> => {
      inside = currentCall();
      await open.promise;
    };
    const [first, second] = callers.map(({ signal }, i) =>
      runInCall(context(2_000, 20, signal), () =>
        flights.join('k', waiting(i === 0 ? 2_000 : 20_000, signal), doing(work), unheard),
      ),
    );
    expect(inside).toMatchObject({ tenant: 'acme', requestId: 'r-1', reserveMs: 0 });
    expect(inside!.deadline.remainingMs()).toBeGreaterThan(10_000);
    callers[0]!.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(inside!.signal.aborted).toBe(false);
    callers[1]!.abort(new Error('gone too'));
    await expect(second).rejects.toThrow('gone too');
    expect(inside!.signal.reason).toBe(callers[1]!.signal.reason);
    open.open();
  });
});
