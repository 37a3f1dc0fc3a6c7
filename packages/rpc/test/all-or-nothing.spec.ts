import { describe, expect, it } from '@jest/globals';
import { HopelessCalls, refusingHopeless, REMEMBERED_CALLS } from '../src/server/all-or-nothing.ts';
import { ProbeServiceDefinition } from './gen/exempla/rpctest/v1/probe_service.ts';

/** Calls that took 1, 2, … ms. */
function after(count: number, durationMs = (n: number): number => n): HopelessCalls {
  const calls = new HopelessCalls();
  for (let n = 1; n <= count; n += 1) calls.record(durationMs(n));
  return calls;
}

describe('HopelessCalls', () => {
  it('refuses nothing before it has seen enough', () => {
    expect(after(REMEMBERED_CALLS - 1).refuses(0)).toBe(false);
    expect(after(REMEMBERED_CALLS).refuses(0)).toBe(true);
  });

  it('needs what nine in ten calls needed at least', () => {
    const calls = after(REMEMBERED_CALLS);
    expect(calls.neededMs).toBe(11);
    expect([calls.refuses(10.9), calls.refuses(11)]).toEqual([true, false]);
  });

  it('works the need out again every twenty calls, and forgets the oldest', () => {
    const calls = after(REMEMBERED_CALLS, () => 500);
    for (let n = 0; n < 19; n += 1) calls.record(5);
    expect(calls.neededMs).toBe(500);
    calls.record(5);
    expect(calls.neededMs).toBe(5);
  });

  it('lets one hopeless call in twenty through', () => {
    const calls = after(REMEMBERED_CALLS, () => 500);
    const refused = Array.from({ length: 100 }, () => calls.refuses(10));
    expect(refused.filter((one) => !one)).toHaveLength(5);
    expect(refused.indexOf(false)).toBe(19);
  });
});

describe('refusingHopeless', () => {
  it('hands the handler of a method that is not marked back as it is', () => {
    const handler = (): string => 'reply';
    expect(refusingHopeless(ProbeServiceDefinition.methods.ask, handler)).toBe(handler);
    expect(refusingHopeless(ProbeServiceDefinition.methods.askAll, handler)).not.toBe(handler);
  });
});
