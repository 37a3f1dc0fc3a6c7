import { describe, expect, it } from '@jest/globals';
import { PLAIN } from '../src/terminal/style.ts';
import { barOf, waterfall, type WaterfallHop } from '../src/terminal/waterfall.ts';

const hop = (spanId: string, service: string, method: string, startMs: number, durationMs: number, more = {}) => ({
  ...{ spanId, service, method: `exempla.x.v1.XService/${method}`, startMs, durationMs },
  ...{ pid: 1, deadlineLeftMs: 9970, status: 'OK', ...more },
});

const HOPS: WaterfallHop[] = [
  hop('d', 'storage', 'UploadObject', 150, 50, { parentSpanId: 'a' }),
  hop('a', 'orchestrator', 'GenerateDefinition', 0, 200, { parentSpanId: 'cli', deadlineLeftMs: 10_000 }),
  hop('b', 'examples', 'DefineTerm', 2, 5.25, { parentSpanId: 'a' }),
  hop('c', 'audio', 'Synthesize', 100, 100, { parentSpanId: 'a', status: 'DEADLINE_EXCEEDED' }),
];

describe('waterfall', () => {
  it.each([60, 80, 100, 140])('puts callees below their caller in order of start, within %d columns', (width) => {
    const [head = '', ...lines] = waterfall(HOPS, width, PLAIN);
    expect(lines.map((line) => line.trim().split(/\s+/).slice(0, 2).join(' '))).toEqual([
      expect.stringMatching(/^orchestrator Gener/),
      'examples DefineTerm',
      'audio Synthesize',
      expect.stringMatching(/^storage Upload/),
    ]);
    for (const line of [head, ...lines.filter((one) => !one.endsWith('EXCEEDED'))]) {
      expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  it('shows the deadline left on arrival, the duration and what failed', () => {
    const [head = '', first = '', second = '', third = ''] = waterfall(HOPS, 100, PLAIN);
    expect(head).toMatch(/service +method +deadline left +0 +200 ms +took ms/);
    expect(first).toMatch(/10,000 ms +━+ +200$/);
    expect(second).toMatch(/ 9,970 ms .* 5\.3$/);
    expect(third).toMatch(/DEADLINE_EXCEEDED$/);
  });

  it('says so when there is nothing', () => {
    expect(waterfall([], 80, PLAIN)).toEqual(['  No hop was recorded.']);
  });
});

describe('barOf', () => {
  const bar = (startMs: number, durationMs: number) => barOf({ startMs, durationMs }, 10, 100);

  it('goes by half columns', () => {
    expect(bar(0, 100)).toBe('━━━━━━━━━━');
    expect(bar(0, 50)).toBe('━━━━━     ');
    expect(bar(5, 40)).toBe('╺━━━╸     ');
    expect(bar(50, 50)).toBe('     ━━━━━');
  });

  it('always shows, and never leaves its width', () => {
    expect(bar(0, 0)).toBe('╸         ');
    expect(bar(100, 0)).toBe('         ╺');
    expect(bar(-5, 300)).toBe('━━━━━━━━━━');
    expect(bar(500, 5)).toBe('         ╺');
  });
});
