import { partOf, type Rule } from './rule.ts';
import { contentWordsOf, wordsOf } from './reading/words.ts';
import { broken, SATISFIED } from './verdict.ts';

/** A short text may repeat a word; from this many on, repetition tells. */
const REPETITION_TELLS = 8;
/** Share of different words under which a text says the same again and again. */
const MIN_VARIETY = 0.5;

export const contentWords: Rule = {
  name: 'content-words',
  family: 'content',
  weight: 2,
  critical: false,
  languages: ['en'],
  check(text, subject) {
    const words = wordsOf(text);
    const content = contentWordsOf(words);
    const different = new Set(content).size;
    if (different === 0)
      return broken(
        words.length > 2 ? 0.4 : 0,
        'has no word that carries meaning; name the kind and the mark of the term',
      );
    const wanted = partOf(subject) === 'noun' ? 2 : 1;
    if (different < wanted) return broken(0.4, 'has a single word that carries meaning; say what sets the term apart');
    const variety = different / content.length;
    if (content.length < REPETITION_TELLS || variety >= MIN_VARIETY) return SATISFIED;
    return broken(variety, 'says the same words again and again; say each thing once');
  },
};
