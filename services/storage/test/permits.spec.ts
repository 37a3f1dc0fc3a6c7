import { describe, expect, it } from '@jest/globals';
import { Permits } from '../src/adapters/permits.ts';

const never = new AbortController().signal;

describe('Permits', () => {
  it('serves those who wait in the order they came', async () => {
    const permits = new Permits(1);
    await permits.acquire('t', never, 1000);
    const order: number[] = [];
    const waiting = [1, 2, 3].map(async (number) => {
      await permits.acquire('t', never, 1000);
      order.push(number);
      permits.release('t');
    });
    expect([permits.inUse, permits.waiting]).toEqual([1, 3]);
    permits.release('t');
    await Promise.all(waiting);
    expect(order).toEqual([1, 2, 3]);
    expect([permits.inUse, permits.waiting]).toEqual([0, 0]);
  });

  it('passes over those who gave up', async () => {
    const permits = new Permits(1);
    await permits.acquire('t', never, 1000);
    const leave = new AbortController();
    const gone = permits.acquire('t', leave.signal, 1000);
    const impatient = permits.acquire('t', never, 0);
    const patient = permits.acquire('t', never, 1000);
    leave.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    expect(await impatient).toBe(false);
    permits.release('t');
    expect(await patient).toBe(true);
    expect([permits.inUse, permits.waiting]).toEqual([1, 0]);
  });

  it('gives nothing to those who have left', () => {
    const permits = new Permits(1);
    expect(() => permits.acquire('t', AbortSignal.abort(new Error('left')), 1000)).toThrow('left');
    expect(permits.inUse).toBe(0);
  });

  /** Who is served, in order, when those named come at once and the one served first always leaves first. */
  async function served(max: number, owners: string): Promise<string> {
    const permits = new Permits(max);
    let order = '';
    for (const owner of owners) void permits.acquire(owner, never, 1000).then(() => (order += owner));
    for (let left = 0; left < owners.length; left += 1) {
      await Promise.resolve();
      permits.release(order.charAt(left));
    }
    expect([permits.inUse, permits.waiting]).toEqual([0, 0]);
    return order;
  }

  it('serves an owner who holds fewer before the line of one who holds more', async () => {
    expect(await served(3, 'aaaaaaabb')).toBe('aaababaaa');
  });

  it('serves owners who hold as many in turn', async () => {
    expect(await served(1, 'aaaabbcc')).toBe('aabcabca');
  });
});
