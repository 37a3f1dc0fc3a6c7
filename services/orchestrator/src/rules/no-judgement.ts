import { findPhrases, phraseBook } from './reading/phrases.ts';
import { wordsOf } from './reading/words.ts';
import { partOf, type Rule } from './rule.ts';
import { broken, falling, quotedAll, SATISFIED } from './verdict.ts';

/** The writer speaks. */
const ATTITUDES = phraseBook(`
  unfortunately, fortunately, luckily, sadly, hopefully, thankfully, regrettably, obviously, of course, arguably,
  needless to say, undoubtedly, i think, in my opinion, we believe, interestingly, surprisingly, admittedly`);
/** Praise and blame. They are the very meaning of an adjective such as "lovely", so only other terms are held to it. */
const EVALUATIONS = phraseBook(`
  beautiful, ugly, lovely, wonderful, terrible, awful, horrible, amazing, fantastic, marvelous, marvellous, gorgeous,
  superb, awesome, nice, stupid, silly, disgusting, brilliant, delightful, dreadful, magnificent, boring, annoying,
  great for, best ever`);

export const noJudgement: Rule = {
  name: 'no-judgement',
  family: 'language',
  weight: 1,
  critical: false,
  languages: ['en'],
  check(text, subject) {
    const part = partOf(subject);
    const words = wordsOf(text);
    const evaluations = part === 'adjective' || part === 'adverb' ? [] : findPhrases(words, EVALUATIONS);
    const found = [...findPhrases(words, ATTITUDES), ...evaluations].map(({ phrase }) => phrase);
    if (found.length === 0) return SATISFIED;
    return broken(falling(found.length, 0.6), `judges (${quotedAll(found)}); describe without praise or blame`);
  },
};
