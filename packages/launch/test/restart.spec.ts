import { describe, expect, it } from '@jest/globals';
import { DEFAULT_RESTART, restartDelay } from '../src/mesh/restart.ts';

describe('restartDelay', () => {
  it('doubles up to its maximum', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((attempt) => restartDelay.of(DEFAULT_RESTART, attempt));
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
  });

  it('counts attempts in a row, and forgets them after a minute of life', () => {
    expect(restartDelay.attemptAfter(0, 10)).toBe(1);
    expect(restartDelay.attemptAfter(3, 59_999)).toBe(4);
    expect(restartDelay.attemptAfter(3, 60_000)).toBe(1);
  });

  it('is cut short by the signal', async () => {
    await expect(restartDelay.wait(60_000, AbortSignal.abort())).resolves.toBe(false);
    await expect(restartDelay.wait(0, new AbortController().signal)).resolves.toBe(true);
  });
});
