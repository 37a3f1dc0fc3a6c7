import { findPhrases, phraseBook } from './reading/phrases.ts';
import { tokensOf } from './reading/words.ts';
import type { Rule } from './rule.ts';
import { broken, quoted, SATISFIED } from './verdict.ts';

const LIST_OPENERS = phraseBook(`
  consists of, consist of, consisting of, composed of, comprises, comprising, comprise, made up of, such as, including,
  includes, include, contains, containing, namely`);
/** Commas that make a list of three. */
const COMMAS_OF_LIST = 2;
/** Words in front of a list that leave it the whole definition: `a system consisting of …`. */
const GENUS_WORDS = 3;

export const noPartList: Rule = {
  name: 'no-part-list',
  family: 'content',
  weight: 2,
  critical: false,
  languages: ['en'],
  check(text) {
    const tokens = tokensOf(text);
    const marks = tokens.map(({ raw, word }) => (word === '' ? raw : word));
    const opener = findPhrases(marks, LIST_OPENERS)[0];
    if (!opener) return SATISFIED;
    const commas = marks.slice(opener.at).filter((mark) => mark === ',' || mark === ';').length;
    const joined = commas > 0 || marks.slice(opener.at).some((mark) => mark === 'or' || mark === 'and');
    const list = commas >= COMMAS_OF_LIST || (opener.phrase === 'such as' && joined);
    if (!list) return SATISFIED;
    const whole = opener.at <= GENUS_WORDS && opener.phrase !== 'such as';
    const says = whole ? 'is only a list of parts' : 'lists instead of defining';
    return broken(whole ? 0 : 0.5, `${says} (${quoted(`${opener.phrase} …`)}); say what they have in common`);
  },
};
