import { describe, expect, it } from '@jest/globals';
import { retryAfterMs } from '../src/http/retry-after.ts';
import { TargetHealth } from '../src/retry/target-health.ts';

const OPTIONS = { failures: 3, openMs: 1_000, maxOpenMs: 4_000, maxCoolMs: 60_000 };
/** Fails so often at `now`. */
const fail = (health: TargetHealth, times: number, now: number): void => {
  for (let i = 0; i < times; i += 1) health.failed(now);
};

describe('the health of a model', () => {
  it('is lost with failures in a row, and only with those', () => {
    const health = new TargetHealth(OPTIONS);
    fail(health, 2, 0);
    health.succeeded();
    fail(health, 2, 0);
    expect(health.blockedMs(0)).toBe(0);
    fail(health, 1, 0);
    expect(health.blockedMs(0)).toBe(1_000);
  });

  it('calls that were under way when it was lost count no more', () => {
    const health = new TargetHealth(OPTIONS);
    fail(health, 20, 0);
    expect(health.blockedMs(0)).toBe(1_000);
  });

  it('calls that began before it was lost count no more whenever they end, nor do they let another one try', () => {
    const health = new TargetHealth(OPTIONS);
    const [old, older] = [-100, -200];
    fail(health, 3, 0);
    health.begin(1_000);
    health.abandoned(old);
    expect(health.blockedMs(1_000)).toBeGreaterThan(0);
    health.succeeded();
    for (let i = 0; i < 20; i += 1) health.failed(1_500, older);
    expect(health.blockedMs(1_500)).toBe(0);
  });

  it('is well with the first answer, also with that of an old call', () => {
    const health = new TargetHealth(OPTIONS);
    fail(health, 3, 0);
    health.succeeded();
    expect(health.blockedMs(1)).toBe(0);
  });

  it('is tried by one call at a time, for twice as long after each failure, up to a limit', () => {
    const health = new TargetHealth(OPTIONS);
    fail(health, 3, 0);
    expect(health.blockedMs(1_000)).toBe(0);
    health.begin(1_000);
    expect(health.blockedMs(1_000)).toBeGreaterThan(0);
    health.failed(1_000);
    expect(health.blockedMs(1_000)).toBe(2_000);
    health.failed(3_000);
    health.failed(7_000);
    expect(health.blockedMs(7_000)).toBe(4_000);
  });

  it('another call may try when the one that tried left', () => {
    const health = new TargetHealth(OPTIONS);
    fail(health, 3, 0);
    health.begin(1_000);
    health.abandoned(1_000);
    expect(health.blockedMs(1_000)).toBe(0);
    health.begin(1_000);
    health.succeeded();
    expect(health.blockedMs(1_000)).toBe(0);
  });

  it('is left alone for as long as it asks, but not for more than a minute', () => {
    const health = new TargetHealth(OPTIONS);
    health.cool(0, 1_000);
    expect(health.blockedMs(0)).toBe(1_000);
    health.cool(0, 3_600_000);
    expect(health.blockedMs(0)).toBe(60_000);
    health.cool(0, 5);
    expect(health.blockedMs(0)).toBe(60_000);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2030, 0, 1);
  it.each([
    ['seconds', { 'retry-after': '2' }, 2_000],
    ['a date', { 'retry-after': new Date(now + 5_000).toUTCString() }, 5_000],
    ['a date that has passed', { 'retry-after': new Date(now - 5_000).toUTCString() }, 0],
    ['milliseconds', { 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    ['a year', { 'retry-after': '31536000' }, 86_400_000],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
    ['nothing', {}, undefined],
  ])('in %s', (_, headers, ms) => {
    expect(retryAfterMs(new Headers(headers as Record<string, string>), now)).toBe(ms);
  });
});
