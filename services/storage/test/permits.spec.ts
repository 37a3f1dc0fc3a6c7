import { describe, expect, it } from '@jest/globals';
import { Permits } from '../src/adapters/permits.ts';

const never = new AbortController().signal;

describe('Permits', () => {
  it('serves those who wait in the order they came', async () => {
    const permits = new Permits(1);
    await permits.acquire(never, 1000);
    const order: number[] = [];
    const waiting = [1, 2, 3].map(async (number) => {
      await permits.acquire(never, 1000);
      order.push(number);
      permits.release();
    });
    expect([permits.inUse, permits.waiting]).toEqual([1, 3]);
    permits.release();
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
    expect([permits.inUse, permits.waiting]).toEqual([0, 0]);
  });

  it('passes over those who gave up', async () => {
    const permits = new Permits(1);
    await permits.acquire(never, 1000);
    const leave = new AbortController();
    const gone = permits.acquire(leave.signal, 1000);
    const impatient = permits.acquire(never, 0);
    const patient = permits.acquire(never, 1000);
    leave.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    expect(await impatient).toBe(false);
    permits.release();
    expect(await patient).toBe(true);
    expect([permits.inUse, permits.waiting]).toEqual([1, 0]);
  });

  it('gives nothing to those who have left', () => {
    const permits = new Permits(1);
    expect(() => permits.acquire(AbortSignal.abort(new Error('left')), 1000)).toThrow('left');
    expect(permits.inUse).toBe(0);
  });
});
