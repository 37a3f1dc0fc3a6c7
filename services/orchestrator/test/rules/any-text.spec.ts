import { describe, expect, it } from '@jest/globals';
import { assessDefinition, rules } from '../../src/rules/index.ts';
import { about, river } from './subjects.ts';

// Texts that make a pattern with nested repetition, or a scan from every place, take forever.
const UNITS = [
  ' ',
  'a',
  'A',
  'a ',
  'A.',
  '.',
  '. ',
  "a'",
  "'",
  '"',
  '(',
  ')(',
  '-',
  ' - ',
  ',',
  ' ,',
  ';\n',
  '/',
  'and/or ',
  'and or ',
  'cats and dogs or ',
  'not ',
  'not un',
  'never without ',
  'such as a, ',
  'consists of, ',
  'e.g. ',
  'i.',
  'can ',
  'thing ',
  'the river ',
  'water act ',
  'running',
  'é',
  'e\u0301',
  '川',
  '👩‍👩‍👧',
  '\u200b',
  '<b',
  '**',
];
const long = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const inContext = about('the river bank', 'noun', {
  lemma: 'river bank',
  context: { organisational: ['water act', 'a a a'], juridical: ['river'], legalBasis: ['Water Act of the River'] },
});

/** Seconds of this process's CPU. */
function costOf(text: string): number {
  const before = process.cpuUsage();
  assessDefinition(text, inContext);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe('any text', () => {
  it.each(UNITS)('of 10,000 characters %j has scores from 0 to 1 and messages that fit', (unit) => {
    for (const subject of [river, inContext, about('river')]) {
      for (const rule of rules) {
        const { score, message } = rule.check(long(unit, 10_000), subject);
        expect(score >= 0 && score <= 1).toBe(true);
        expect(message.length).toBeLessThanOrEqual(1_000);
        expect(message === '').toBe(score === 1);
      }
    }
  });

  // Ten times the largest text a definition may have takes about 0.2 s. A slow machine is known by a quarter of it: a rule of
  // quadratic cost takes sixteen times as long for the whole.
  it.each(UNITS)('of 100,000 characters %j is read in one pass', (unit) => {
    const quarter = costOf(`x${long(unit, 25_000)}x`);
    const whole = costOf(`x${long(unit, 100_000)}x`);
    expect(whole).toBeLessThan(Math.max(4, 9 * quarter));
  });

  it('is left as it was: the same text has the same verdict', () => {
    for (const rule of rules) {
      const text = 'a “stream” (e.g. the NATO), not unlike a thing/brook; it can flow currently. Nice';
      expect(rule.check(text, inContext)).toEqual(rule.check(text, inContext));
    }
  });
});
