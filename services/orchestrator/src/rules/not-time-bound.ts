import { findPhrases, phraseBook } from './reading/phrases.ts';
import { wordsOf } from './reading/words.ts';
import type { Rule } from './rule.ts';
import { broken, falling, quotedAll, SATISFIED } from './verdict.ts';

const MOMENTS = phraseBook(`
  currently, nowadays, recently, recent, today, present day, at present, at the moment, these days, this year, last year,
  next year, the latest, so far, until now, up to now, to date, as of now, in recent years, contemporary, lately, soon`);
/** "a city in modern Turkey" dates less than "currently" does. */
const EPOCHS = phraseBook('modern, now');

export const notTimeBound: Rule = {
  name: 'not-time-bound',
  family: 'coherence',
  weight: 1,
  critical: false,
  languages: ['en'],
  check(text) {
    const words = wordsOf(text);
    const moments = findPhrases(words, MOMENTS);
    const epochs = findPhrases(words, EPOCHS);
    const found = [...moments, ...epochs];
    if (found.length === 0) return SATISFIED;
    const score = moments.length === 0 && epochs.length === 1 ? 0.7 : falling(found.length, 0.7);
    return broken(
      score,
      `is tied to a moment (${quotedAll(found.map(({ phrase }) => phrase))}); say what holds at any time`,
    );
  },
};
