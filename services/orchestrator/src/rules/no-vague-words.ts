import { findPhrases, phraseBook } from './reading/phrases.ts';
import { DETERMINERS, wordsOf } from './reading/words.ts';
import { partOf, type Rule } from './rule.ts';
import { broken, quotedAll, SATISFIED } from './verdict.ts';

const CONTAINERS = phraseBook(`
  thing, things, stuff, something, anything, aspect, aspects, somehow, whatnot, and so on, and so forth, and the like,
  kind of stuff, kind of thing, sort of thing, some kind of, some sort of, kinda, sorta, or whatever, or something`);
/** `to put something in place`: a verb needs a name for what it acts on. */
const OBJECTS: ReadonlySet<string> = new Set(['something', 'anything', 'things', 'thing']);

/** Words before the place where the genus ends: `a general thing …`. */
const OPENING = 3;

export const noVagueWords: Rule = {
  name: 'no-vague-words',
  family: 'language',
  weight: 3,
  critical: false,
  languages: ['en'],
  check(text, subject) {
    const words = wordsOf(text);
    const part = partOf(subject);
    const found = findPhrases(words, CONTAINERS).filter(
      ({ phrase }) => part === undefined || part === 'noun' || !OBJECTS.has(phrase),
    );
    if (found.length === 0) return SATISFIED;
    const named = quotedAll(found.map(({ phrase }) => phrase));
    const determined = DETERMINERS.has(words[0] ?? '') ? OPENING : OPENING - 1;
    const asGenus = part !== 'verb' && found.some(({ at }) => at < determined);
    const placeholder = found.every(({ phrase }) => phrase === 'something' || phrase === 'anything');
    if (asGenus) return broken(placeholder ? 0.2 : 0, `is built on ${named}; name the kind it belongs to`);
    return broken(found.length === 1 ? 0.7 : 0.3, `uses ${named}; say what exactly is meant`);
  },
};
