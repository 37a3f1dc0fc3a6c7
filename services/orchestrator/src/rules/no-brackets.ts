import type { Rule } from './rule.ts';
import { broken, SATISFIED } from './verdict.ts';

const BRACKETS = /[([{<]/g;
/** Double quotation marks, and a single one that opens a word; an apostrophe stands behind a letter. */
const QUOTES = /["“”«»„`]|(?<![\p{L}\p{N}])['‘]/gu;

export const noBrackets: Rule = {
  name: 'no-brackets',
  family: 'structure',
  weight: 1,
  critical: false,
  check(text) {
    const brackets = text.match(BRACKETS)?.length ?? 0;
    const quotes = text.match(QUOTES)?.length ?? 0;
    if (brackets + quotes === 0) return SATISFIED;
    const what = quotes === 0 ? 'brackets' : brackets === 0 ? 'quotation marks' : 'brackets and quotation marks';
    const once = brackets + quotes / 2 <= 1;
    return broken(once ? 0.4 : 0, `has ${what}; say it in the sentence or leave it out`);
  },
};
