import { describe, expect, it } from '@jest/globals';
import { manualClock } from '@exempla/testing';
import { PartLog } from '../src/parts/part-log.ts';

describe('the timing of parts', () => {
  it('is when each began after the start of the call, and how long it took, side by side', async () => {
    const clock = manualClock(1_000);
    const log = new PartLog(clock.now);
    await clock.advance(5);
    const parts = [log.time('examples', () => clock.sleep(30)), log.time('audio', () => clock.sleep(10))];
    await clock.advance(40);
    await Promise.all(parts);
    expect(log.timings).toEqual([
      { step: 'examples', startMs: 5, durationMs: 30 },
      { step: 'audio', startMs: 5, durationMs: 10 },
    ]);
  });

  it('is kept of a part that fails', async () => {
    const clock = manualClock();
    const log = new PartLog(clock.now);
    const failing = log.time('audio', async () => {
      await clock.sleep(7);
      throw new Error('no voice');
    });
    const failure = expect(failing).rejects.toThrow('no voice');
    await clock.advance(7);
    await failure;
    expect(log.timings).toEqual([{ step: 'audio', startMs: 0, durationMs: 7 }]);
  });
});
