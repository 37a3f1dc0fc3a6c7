import type { Rule } from './rule.ts';
import { wordsOf } from './reading/words.ts';
import { broken, SATISFIED } from './verdict.ts';

export const notEmpty: Rule = {
  name: 'not-empty',
  family: 'structure',
  weight: 1,
  critical: true,
  check: (text) => (wordsOf(text).length > 0 ? SATISFIED : broken(0, 'has no text; say what the term means')),
};
