import { DETERMINERS, PREPOSITIONS, RELATIVES, wordSet, tokensOf, wordsOf, type Token } from './reading/words.ts';
import { irregularBases } from './reading/irregular-words.ts';
import { partOf, type DefinitionSubject, type Rule } from './rule.ts';
import { broken, quoted, SATISFIED } from './verdict.ts';

const PLURAL_DETERMINERS = wordSet(
  'some both these those several various many most more few two three four five six seven eight nine ten hundred',
);
const SINGULAR_DETERMINERS = wordSet('a an any each every either no this that one another all');
/** End like plurals, and have no other form or stand for one. */
const LIKE_PLURALS = wordSet(
  'goods clothes means series species news premises surroundings remains proceeds earnings wages savings consists comprises contains includes refers',
);
const PLURAL_NOUN = /^.{2,}(?:[^sui]s|ies)$/;
const SINGULAR_ENDING = /(?:ics|ness|less|ous)$/;
const PARTICIPLE = /(?:ing|ed)$/;
/** Words a genus takes at most. */
const GENUS_WORDS = 6;

const isPlural = (word: string): boolean =>
  !LIKE_PLURALS.has(word) &&
  ((PLURAL_NOUN.test(word) && !SINGULAR_ENDING.test(word)) ||
    irregularBases(word).some((base) => base === 'child' || base === 'man' || base === 'woman' || base === 'person'));

/** The plural noun that stands as the genus: the last word in front of `of`, `that`, a participle or a mark. */
function pluralGenus(tokens: readonly Token[]): string | undefined {
  for (const [at, { word }] of tokens.slice(0, GENUS_WORDS).entries()) {
    const next = tokens[at + 1]?.word ?? '';
    if (word === '' || PREPOSITIONS.has(word) || RELATIVES.has(word)) return undefined;
    const ends = next === '' || PREPOSITIONS.has(next) || RELATIVES.has(next) || PARTICIPLE.test(next);
    // A name such as "United States" is no plural of ours.
    if (ends && isPlural(word) && !/^\p{Lu}/u.test(tokens[at]?.raw ?? '')) return word;
  }
  return undefined;
}

/** A term for many: a plural, or a group of the order of nature. */
const COLLECTIVE = wordSet('family genus order class phylum division tribe suborder subfamily superfamily');
const termIsPlural = ({ term, lemma }: DefinitionSubject): boolean => {
  const words = wordsOf(lemma ?? term);
  return isPlural(words.at(-1) ?? '') || (words.length > 1 && COLLECTIVE.has(words[0] ?? ''));
};

export const singularGenus: Rule = {
  name: 'singular-genus',
  family: 'structure',
  weight: 1,
  critical: false,
  languages: ['en'],
  check(text, subject) {
    if (partOf(subject) !== 'noun' || termIsPlural(subject)) return SATISFIED;
    const tokens = tokensOf(text);
    const first = tokens[0]?.word ?? '';
    if (SINGULAR_DETERMINERS.has(first)) return SATISFIED;
    if (PLURAL_DETERMINERS.has(first))
      return broken(0.4, `speaks of many (${quoted(first)}) where the term is one; write the genus in the singular`);
    const genus = pluralGenus(DETERMINERS.has(first) ? tokens.slice(1) : tokens);
    if (genus === undefined) return SATISFIED;
    return broken(0.5, `has its genus in the plural (${quoted(genus)}); write it in the singular, as the term`);
  },
};
