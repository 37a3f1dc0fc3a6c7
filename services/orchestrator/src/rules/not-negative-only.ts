import { findPhrases, phraseBook } from './reading/phrases.ts';
import { wordsOf } from './reading/words.ts';
import { partOf, type DefinitionSubject, type Rule } from './rule.ts';
import { broken, quoted, SATISFIED } from './verdict.ts';

const NEGATIVE_OPENINGS = phraseBook(`
  not, no, never, nothing, anything but, anything other than, anything except, everything except, the opposite of,
  opposite of, opposite to, the contrary of, the reverse of, any other than`);
/** What the text says the term is after all. */
const POSITIVE_TURN = new Set(['but', 'rather', 'instead']);
/** Says by its own form that something is missing: `unkind`, `nonsense`, `homeless`. */
const PRIVATIVE = /^(?:un|non|dis|in|im|il|ir|mis)|less(?:ness|ly)?$/i;

function scoreOf(words: readonly string[], subject: DefinitionSubject): number {
  if (words.some((word) => POSITIVE_TURN.has(word))) return 0.8;
  const part = partOf(subject);
  const describes = part === 'adjective' || part === 'adverb';
  if (PRIVATIVE.test(subject.lemma ?? subject.term)) return describes ? 1 : 0.8;
  return describes ? 0.7 : 0;
}

export const notNegativeOnly: Rule = {
  name: 'not-negative-only',
  family: 'content',
  weight: 2,
  critical: false,
  languages: ['en'],
  check(text, subject) {
    const words = wordsOf(text);
    const body = words[0] === 'to' ? words.slice(1) : words;
    const opening = findPhrases(body.slice(0, 4), NEGATIVE_OPENINGS).find(({ at }) => at === 0);
    if (!opening) return SATISFIED;
    return broken(
      scoreOf(body.slice(opening.phrase.split(' ').length), subject),
      `says only what the term is not (${quoted(opening.phrase)}); say what it is`,
    );
  },
};
