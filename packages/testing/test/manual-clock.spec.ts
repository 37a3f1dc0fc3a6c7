import { describe, expect, it } from '@jest/globals';
import { manualClock } from '../src/index.ts';

describe('a manual clock', () => {
  it('stands still until it is told to go on', async () => {
    const clock = manualClock(100);
    expect(clock.now()).toBe(100);
    await clock.advance(50);
    expect(clock.now()).toBe(150);
  });

  it('wakes who slept until then, in order of time, also who sleeps again', async () => {
    const clock = manualClock();
    const woke: string[] = [];
    const sleeper = async (name: string, ...naps: number[]): Promise<void> => {
      for (const ms of naps) {
        await clock.sleep(ms);
        woke.push(`${name} ${clock.now()}`);
      }
    };
    void sleeper('late', 30);
    void sleeper('twice', 10, 15);
    void sleeper('never', 41);
    await clock.advance(40);
    expect(woke).toEqual(['twice 10', 'twice 25', 'late 30']);
    await clock.advance(1);
    expect(woke.at(-1)).toBe('never 41');
  });
});
