import { describe, expect, it } from '@jest/globals';
import { LAG_LIMIT_MS, LoopLag } from '../src/server/loop-lag.ts';

describe('LoopLag', () => {
  it('takes one late turn for an accident and two in a row for too much', () => {
    const loop = new LoopLag();
    loop.record(LAG_LIMIT_MS * 10);
    expect(loop.sustained).toBe(false);
    loop.record(0);
    loop.record(LAG_LIMIT_MS + 1);
    expect(loop.sustained).toBe(false);
    loop.record(LAG_LIMIT_MS + 1);
    expect(loop.sustained).toBe(true);
    expect(loop.lagMs).toBe(LAG_LIMIT_MS + 1);
  });

  it('is content again with the first turn in time', () => {
    const loop = new LoopLag();
    for (let turn = 0; turn < 50; turn += 1) loop.record(LAG_LIMIT_MS * 2);
    loop.record(LAG_LIMIT_MS);
    expect(loop.sustained).toBe(false);
  });
});
