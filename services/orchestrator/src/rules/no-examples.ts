import { findPhrases, phraseBook } from './reading/phrases.ts';
import { wordsOf } from './reading/words.ts';
import type { Rule } from './rule.ts';
import { broken, falling, quotedAll, SATISFIED } from './verdict.ts';

// "e.g." falls into two words.
const EXAMPLES = phraseBook(`
  for example, for instance, e g, eg, as an example, examples are, examples include, an example is, an example of, such as, as in the case of, to name`);

export const noExamples: Rule = {
  name: 'no-examples',
  family: 'content',
  weight: 1,
  critical: false,
  languages: ['en'],
  check(text) {
    const found = findPhrases(wordsOf(text), EXAMPLES).map(({ phrase }) => (phrase === 'e g' ? 'e.g.' : phrase));
    if (found.length === 0) return SATISFIED;
    // `such as` may belong to the difference ("a body such as a court"); the others only announce an example.
    const mild = found.length === 1 && found[0] === 'such as';
    return broken(
      mild ? 0.7 : falling(found.length, 0.6),
      `gives an example (${quotedAll(found)}); examples have their own place`,
    );
  },
};
