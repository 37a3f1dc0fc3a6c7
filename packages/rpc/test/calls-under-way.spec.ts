import { describe, expect, it } from '@jest/globals';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CallsUnderWay, type Placed } from '../src/server/calls-under-way.ts';

const call = (): Placed => ({ place: -1 });
const AT_ONCE = 32;
const CALLS = 1_000;
const NUMBERS_IN_A_CALL = 1_000;

describe('CallsUnderWay', () => {
  it('holds each call until it is over, in whatever order they end', () => {
    const calls = new CallsUnderWay();
    const [first, second, third] = [call(), call(), call()];
    for (const one of [first, second, third]) calls.add(one);
    calls.delete(first);
    calls.delete(first);
    expect(calls.size).toBe(2);
    expect([first, second, third].map((one) => calls.has(one))).toEqual([false, true, true]);
    calls.delete(third);
    expect(calls.all()).toEqual([second]);
    calls.delete(second);
    expect(calls.size).toBe(0);
    expect(calls.has(call())).toBe(false);
  });

  it('gives those of one moment: a call that is told to end may leave meanwhile', () => {
    const calls = new CallsUnderWay();
    for (let i = 0; i < AT_ONCE; i += 1) calls.add(call());
    for (const one of calls.all()) calls.delete(one);
    expect(calls.size).toBe(0);
  });

  it('keeps no call that is over for a full collection: a young one frees them, however long the server runs', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as (options?: { type: 'minor' }) => void;
    const calls = new CallsUnderWay();
    const open: Placed[] = [];
    const pass = (count: number): void => {
      for (let i = 0; i < count; i += 1) {
        const one = Object.assign(call(), { numbers: Array.from({ length: NUMBERS_IN_A_CALL }, () => i) });
        open.push(one);
        calls.add(one);
        if (open.length > AT_ONCE) calls.delete(open.shift()!);
      }
    };
    pass(AT_ONCE);
    // What holds the calls is old from here on.
    collect();
    collect();
    const before = getHeapStatistics().used_heap_size;
    pass(CALLS);
    collect({ type: 'minor' });
    const grown = getHeapStatistics().used_heap_size - before;
    expect(grown).toBeLessThan((CALLS * NUMBERS_IN_A_CALL * 8) / 4);
  });
});
