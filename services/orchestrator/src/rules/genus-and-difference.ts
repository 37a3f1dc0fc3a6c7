import { contentWordsOf, DETERMINERS, PREPOSITIONS, RELATIVES, wordSet, wordsOf } from './reading/words.ts';
import { partOf, type Rule } from './rule.ts';
import { broken, SATISFIED } from './verdict.ts';

const PARTICIPLE = /^.{3,}(?:ing|ed|en)$/;
const LINKS = wordSet('used made whose able capable characteristic similar born known so because if');
const link = (word: string): boolean =>
  PREPOSITIONS.has(word) || RELATIVES.has(word) || LINKS.has(word) || PARTICIPLE.test(word);

/** Begins with the difference: what it belongs to is missing. */
const withoutGenus = (first: string): boolean => RELATIVES.has(first) && first !== 'that';

function ofNoun(words: readonly string[]): number {
  if (withoutGenus(words[0] ?? '')) return 0.3;
  const phrase = DETERMINERS.has(words[0] ?? '') ? words.slice(1) : words;
  const content = contentWordsOf(phrase);
  if (content.length < 2) return phrase.length > 2 && phrase.slice(1).some(link) ? 0.7 : 0;
  return phrase.slice(1).some(link) || content.length > 2 ? 1 : 0.7;
}

/** A verb, adjective or adverb: what is done or said, and how, to what or in what respect. */
function ofOther(words: readonly string[]): number {
  const phrase = words[0] === 'to' ? words.slice(1) : words;
  const content = contentWordsOf(phrase).length;
  if (content > 1) return 1;
  return phrase.length > 1 && content === 1 ? 0.7 : 0;
}

export const genusAndDifference: Rule = {
  name: 'genus-and-difference',
  family: 'content',
  weight: 3,
  critical: false,
  languages: ['en'],
  check(text, subject) {
    const words = wordsOf(text);
    const part = partOf(subject);
    const score = part === undefined || part === 'noun' ? ofNoun(words) : ofOther(words);
    if (score === 1) return SATISFIED;
    if (withoutGenus(words[0] ?? ''))
      return broken(score, 'gives a difference without a genus; name the kind it belongs to');
    const says = score === 0 ? 'gives no difference' : 'says little of the difference';
    return broken(score, `${says}; add what sets the term apart from others of its kind`);
  },
};
