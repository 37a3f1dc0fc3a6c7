import { afterEach, expect, it, jest } from '@jest/globals';
import { callAside } from '../src/objects/index.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

it('a call of our own has its time whatever becomes of the clock', () => {
  const call = callAside('t', 10_000);
  const now = Date.now();
  for (const jumpMs of [3_600_000, -3_600_000]) {
    jest.spyOn(Date, 'now').mockReturnValue(now + jumpMs);
    const leftMs = call.deadline.remainingMs();
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(10_000);
  }
});
