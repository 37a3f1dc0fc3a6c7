import { partOf, type PartOfSpeech, type Rule } from './rule.ts';
import { wordsOf } from './reading/words.ts';
import { broken, SATISFIED } from './verdict.ts';

/** Words below which a definition says too little; `to` of a verb is not counted. */
const FEWEST: Readonly<Record<PartOfSpeech, number>> = { noun: 4, verb: 2, adjective: 2, adverb: 2 };
const FEWEST_UNKNOWN = 3;
/** Words a reader takes in at once. */
const MOST = 40;
/** From here on it is no definition but an article. */
const FAR_TOO_MANY = 100;

export const length: Rule = {
  name: 'length',
  family: 'structure',
  weight: 2,
  critical: false,
  check(text, subject) {
    const part = partOf(subject);
    const words = wordsOf(text);
    const count = words.length - (part === 'verb' && words[0] === 'to' ? 1 : 0);
    const fewest = part ? FEWEST[part] : FEWEST_UNKNOWN;
    if (count < fewest) {
      const has = count <= 0 ? 'no words' : count === 1 ? 'one word' : `${count} words`;
      return broken(Math.max(0, count) / (fewest + 1), `has ${has}; add what sets the term apart from its kind`);
    }
    if (count <= MOST) return SATISFIED;
    const excess = (count - MOST) / (FAR_TOO_MANY - MOST);
    return broken(Math.max(0, 1 - excess), `has ${count} words; keep to ${MOST} and move the rest to the explanation`);
  },
};
