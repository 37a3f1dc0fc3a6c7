import { describe, expect, it } from '@jest/globals';
import { childTrace, formatTraceparent, inShare, newTrace, parseTraceparent, sampleRoots } from '../src/index.ts';

describe('trace context', () => {
  it('travels through a header', () => {
    const trace = newTrace();
    expect(parseTraceparent(formatTraceparent(trace))).toEqual({
      traceId: trace.traceId,
      spanId: trace.spanId,
      sampled: true,
    });
  });

  it.each([
    [`01-${'a'.repeat(32)}-${'b'.repeat(16)}-00`, false],
    [`cc-${'a'.repeat(32)}-${'b'.repeat(16)}-01-what-comes-later`, true],
  ])('takes %s, of a version to come', (header, sampled) => {
    expect(parseTraceparent(header)).toEqual({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled });
  });

  it.each([
    ['00', false],
    ['01', true],
    ['02', false],
    ['ff', true],
  ])('keeps whether the caller samples: flags %s', (flags, sampled) => {
    const parent = parseTraceparent(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-${flags}`)!;
    const child = childTrace(parent);
    expect(child.sampled).toBe(sampled);
    expect(formatTraceparent(child)).toMatch(sampled ? /-01$/ : /-00$/);
  });

  it('samples the share of roots that is asked for, and says the same of a trace everywhere', () => {
    try {
      sampleRoots(0.25);
      const traces = Array.from({ length: 4_000 }, newTrace);
      const sampled = traces.filter((trace) => trace.sampled);
      expect(sampled.length).toBeGreaterThan(800);
      expect(sampled.length).toBeLessThan(1_200);
      expect(sampled.every((trace) => inShare(trace, 0.25))).toBe(true);
      expect(sampled.every((trace) => inShare(trace, 0.5))).toBe(true);
      sampleRoots(0);
      expect(newTrace().sampled).toBe(false);
    } finally {
      sampleRoots(1);
    }
  });

  it('no two are the same, over many draws', () => {
    const traces = Array.from({ length: 2_000 }, newTrace);
    expect(new Set(traces.map(({ traceId }) => traceId)).size).toBe(2_000);
    expect(new Set(traces.map(({ spanId }) => spanId)).size).toBe(2_000);
    for (const { traceId, spanId } of traces) expect(`${traceId}-${spanId}`).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}$/);
  });

  it('a child keeps the trace and names its parent', () => {
    const parent = newTrace();
    const child = childTrace(parent);
    expect(child).toMatchObject({ traceId: parent.traceId, parentSpanId: parent.spanId });
    expect(child.spanId).not.toBe(parent.spanId);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`,
    `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01`,
    `00-${'A'.repeat(32)}-${'b'.repeat(16)}-01`,
    `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01-more`,
    `01-${'a'.repeat(32)}-${'b'.repeat(16)}-01more`,
  ])('%j names nobody', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});
