import { describe, expect, it } from '@jest/globals';
import { gate } from '@exempla/testing';
import { SingleFlight, type Waiting } from '../src/adapters/single-flight.ts';

const waiting = (ms = 10_000, signal = new AbortController().signal): Waiting => ({ signal, remainingMs: () => ms });
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
    const all = Array.from({ length: 5 }, () => flights.join('k', waiting(), work, () => (shared += 1)));
    const other = flights.join('other', waiting(), work, unheard);
    open.open();
    expect(await Promise.all(all)).toEqual([1, 1, 1, 1, 1]);
    expect([await other, shared, flights.size]).toEqual([2, 4, 0]);
    expect(await flights.join('k', waiting(), work, unheard)).toBe(3);
  });

  it('goes on when the one that began it leaves, and is told to stop when the last one has', async () => {
    const flights = new SingleFlight(isOfTime);
    const callers = [new AbortController(), new AbortController()];
    const open = gate();
    let told: AbortSignal | undefined;
    const work = async ({ signal }: Waiting): Promise<string> => {
      told = signal;
      await open.promise;
      return 'done';
    };
    const [first, second] = callers.map(({ signal }) => flights.join('k', waiting(10_000, signal), work, unheard));
    callers[0]!.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(told?.aborted).toBe(false);
    callers[1]!.abort(new Error('gone too'));
    await expect(second).rejects.toThrow('gone too');
    expect(told?.aborted).toBe(true);
    // Who asks now begins anew, although the old work has not ended.
    const again = flights.join('k', waiting(), () => Promise.resolve('new'), unheard);
    expect(await again).toBe('new');
    open.open();
    expect(flights.size).toBe(0);
  });

  it('fails for all who wait', async () => {
    const flights = new SingleFlight(isOfTime);
    const work = () => Promise.reject(new Error('out of order'));
    const all = [flights.join('k', waiting(), work, unheard), flights.join('k', waiting(), work, unheard)];
    for (const one of all) await expect(one).rejects.toThrow('out of order');
    expect(flights.size).toBe(0);
  });

  it('that failed for want of time is begun again by who has more', async () => {
    const flights = new SingleFlight(isOfTime);
    const given: number[] = [];
    const work = async ({ remainingMs }: Waiting): Promise<string> => {
      given.push(Math.round(remainingMs() / 1_000));
      if (given.length === 1) throw new Error('too little time');
      return 'done';
    };
    const hasty = flights.join('k', waiting(2_000), work, unheard);
    const patient = flights.join('k', waiting(20_000), work, unheard);
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
    const hasty = flights.join('k', waiting(2_000), work, unheard);
    const patient = flights.join('k', waiting(20_000), work, unheard);
    await expect(hasty).rejects.toThrow('refused');
    await expect(patient).rejects.toThrow('refused');
    expect(times).toBe(1);
  });
});
