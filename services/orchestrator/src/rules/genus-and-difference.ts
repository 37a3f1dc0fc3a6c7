import { piecesOf } from './reading/pieces.ts';
import { contentWordsOf, DETERMINERS, PREPOSITIONS, RELATIVES, wordSet, wordsOf } from './reading/words.ts';
import { partOf, type Rule, type Verdict } from './rule.ts';
import { broken, SATISFIED } from './verdict.ts';

const PARTICIPLE = /^.{3,}(?:ing|ed|en)$/;
const LINKS = wordSet('used made whose able capable characteristic similar born known so because if');

/** Ties a difference to the genus: `of`, `that`, `made`, `flowing`. */
const isLink = (word: string): boolean =>
  PREPOSITIONS.has(word) || RELATIVES.has(word) || LINKS.has(word) || PARTICIPLE.test(word);

/** `over half of …` measures, and is a noun phrase all the same. */
const MEASURES = wordSet('over about under near up');
const NEGATIONS = wordSet('not no');
/** Opens with the difference. */
const lacksGenus = (first: string): boolean =>
  (RELATIVES.has(first) || PREPOSITIONS.has(first) || NEGATIONS.has(first)) && !MEASURES.has(first);

const withoutFirst = (words: readonly string[], left: (word: string) => boolean): readonly string[] =>
  left(words[0] ?? '') ? words.slice(1) : words;

/** Different words of meaning in the richest piece: a row of single words tells nothing apart. */
const richest = (text: string): number =>
  piecesOf(text).reduce((most, piece) => Math.max(most, new Set(contentWordsOf(piece)).size), 0);

const NONE = 'gives no difference';
const LITTLE = 'says little of the difference';
const graded = (score: number, says: string): Verdict =>
  broken(score, `${says}; add what sets the term apart from others of its kind`);

function ofNoun(text: string): Verdict {
  const words = wordsOf(text);
  if (lacksGenus(words[0] ?? '')) return broken(0.3, 'gives a difference without a genus; name the kind it belongs to');
  const phrase = withoutFirst(words, (word) => DETERMINERS.has(word));
  const linked = phrase.slice(1).some(isLink);
  const content = linked ? new Set(contentWordsOf(phrase)).size : richest(text);
  if (content > 2 || (linked && content === 2)) return SATISFIED;
  return content === 2 || (linked && phrase.length > 2) ? graded(0.7, LITTLE) : graded(0, NONE);
}

/** A verb, adjective or adverb: what is done or said, and how, to what or in what respect. */
function ofOther(text: string): Verdict {
  const phrase = withoutFirst(wordsOf(text), (word) => word === 'to');
  const linked = phrase.slice(1).some(isLink);
  const content = linked ? new Set(contentWordsOf(phrase)).size : richest(text);
  if (content > 1) return SATISFIED;
  const pieces = piecesOf(text).map((piece) => withoutFirst(piece, (word) => word === 'to'));
  return content === 1 && pieces.some((piece) => piece.length > 1) ? graded(0.7, LITTLE) : graded(0, NONE);
}

export const genusAndDifference: Rule = {
  name: 'genus-and-difference',
  family: 'content',
  weight: 4,
  critical: false,
  languages: ['en'],
  check(text, subject) {
    const part = partOf(subject);
    return part === undefined || part === 'noun' ? ofNoun(text) : ofOther(text);
  },
};
