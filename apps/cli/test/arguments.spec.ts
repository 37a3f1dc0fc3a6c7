import { describe, expect, it } from '@jest/globals';
import { parseDemoArguments } from '../src/demo/arguments.ts';
import { parseDurationMs } from '../src/requests/duration.ts';
import { UsageError } from '../src/problems.ts';

describe('parseDurationMs', () => {
  it.each([
    ['500ms', 500],
    ['3s', 3000],
    ['1.5s', 1500],
    ['2m', 120_000],
    [' 10s ', 10_000],
  ])('%s is %d ms', (text, ms) => expect(parseDurationMs(text)).toBe(ms));

  it.each(['', '3', 's', '-1s', '0s', '0.1ms', '1h', '3 s', '1e3s', 'NaNs', '61m', 'Infinitys'])(
    'refuses "%s"',
    (text) => expect(() => parseDurationMs(text)).toThrow(/is not a duration.*500ms, 3s or 2m/),
  );
});

describe('parseDemoArguments', () => {
  it('has a default for everything', () => {
    expect(parseDemoArguments([])).toMatchObject({
      term: 'entropy',
      organisational: [],
      json: false,
      deadlineMs: undefined,
      maxExamples: undefined,
    });
  });

  it('gathers what may be repeated', () => {
    const args = ['--term', 'power of attorney', '--context', 'banking', '--context', 'notary'];
    const more = [
      '--juridical',
      'civil law',
      '--legal-basis',
      'article 3:60',
      '--deadline',
      '3s',
      '--max-examples',
      '2',
    ];
    expect(parseDemoArguments([...args, ...more, '--json'])).toMatchObject({
      term: 'power of attorney',
      organisational: ['banking', 'notary'],
      juridical: ['civil law'],
      legalBasis: ['article 3:60'],
      deadlineMs: 3000,
      maxExamples: 2,
      json: true,
    });
  });

  it.each([
    [['--colour'], "Unknown option '--colour'"],
    [['river'], 'Unexpected "river". To define it: --term "river"'],
    [['--deadline', 'soon'], /^--deadline: "soon" is not a duration/],
    [['--max-examples', 'two'], '--max-examples: "two" is not a whole number'],
    [['--max-examples', '1.5'], '--max-examples: "1.5" is not a whole number'],
    [['--term'], /^Option '--term <value>' argument missing/],
  ])('%j is a usage error', (args, message) => {
    expect(() => parseDemoArguments(args)).toThrow(UsageError);
    expect(() => parseDemoArguments(args)).toThrow(message);
  });

  it('leaves the range of numbers to the service', () => {
    expect(parseDemoArguments(['--max-examples', '0']).maxExamples).toBe(0);
    expect(parseDemoArguments(['--max-examples=-1']).maxExamples).toBe(-1);
  });
});
