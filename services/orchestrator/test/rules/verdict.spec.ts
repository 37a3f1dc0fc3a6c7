import { describe, expect, it } from '@jest/globals';
import { broken, falling, quoted, quotedAll, SATISFIED } from '../../src/rules/verdict.ts';

describe('a verdict', () => {
  it('has no message when nothing is wrong', () => {
    expect(broken(1, 'is wrong')).toEqual(SATISFIED);
    expect(broken(0.99, 'is wrong')).toEqual({ score: 0.99, message: 'is wrong' });
  });

  it('falls with every fault, never below 0', () => {
    expect([0, 1, 2, 9].map((faults) => falling(faults, 0.5))).toEqual([1, 0.5, 0, 0]);
  });
});

describe('a word of the text in a message', () => {
  it('is cut, never inside a character', () => {
    expect(quoted('river')).toBe('"river"');
    expect(quoted('x'.repeat(41))).toBe(`"${'x'.repeat(40)}…"`);
    expect(quoted('🌊'.repeat(5_000))).toBe(`"${'🌊'.repeat(40)}…"`);
  });

  it('stands once, and few stand together', () => {
    expect(quotedAll(['can', 'can', 'may', 'must', 'shall'])).toBe('"can", "may", "must"');
  });
});
