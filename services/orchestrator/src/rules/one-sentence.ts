import { wordSet } from './reading/words.ts';
import type { Rule } from './rule.ts';
import { broken, SATISFIED } from './verdict.ts';

/** Their stop ends no sentence. */
const ABBREVIATIONS = wordSet('etc eg ie cf ca vs approx esp incl viz mr mrs ms dr st no nos art sec vol fig al jr sr');
/** The end of a sentence with more text behind it; a stop inside `3.5` or `e.g.` is none. */
const STOP = /[.!?…]["'”’)]?\s|[。！？]/g;
const WORD_BEFORE = /[\p{L}\p{N}]{1,12}$/u;

function endsSentence(text: string, at: number): boolean {
  if (text[at] !== '.') return true;
  const word = WORD_BEFORE.exec(text.slice(Math.max(0, at - 12), at))?.[0].toLowerCase() ?? '';
  return word.length > 1 && !ABBREVIATIONS.has(word);
}

export const oneSentence: Rule = {
  name: 'one-sentence',
  family: 'structure',
  weight: 3,
  critical: false,
  check(text) {
    const trimmed = text.trim();
    const stops = [...trimmed.matchAll(STOP)].filter(
      ({ index, 0: stop }) => index + stop.length < trimmed.length && endsSentence(trimmed, index),
    ).length;
    if (stops > 0)
      return broken(
        stops === 1 ? 0.3 : 0,
        `has ${stops + 1} sentences; keep the first and move the rest to the explanation`,
      );
    const joined = trimmed.split(';').length - 1;
    if (joined === 0) return SATISFIED;
    return broken(
      joined === 1 ? 0.7 : 0.4,
      'joins several statements by semicolons; keep the one that defines the term',
    );
  },
};
