import { DETERMINERS, PREPOSITIONS, tokensOf, wordSet, type Token } from './reading/words.ts';
import type { Rule } from './rule.ts';
import { broken, falling, quotedAll, SATISFIED } from './verdict.ts';

const MODALS = wordSet(
  "can could may might must shall should will would ought cannot can't couldn't mustn't shouldn't won't wouldn't",
);
/** `a tin can`, `one's own will`, `military might`: in front of a noun. */
const BEFORE_NOUN = wordSet('own free good ill last living tin metal strong military great physical');
const BETWEEN_VERBS = /^(?:and|or|)$/;

/** A modal verb stands between its subject and another verb. */
function isModal(tokens: readonly Token[], at: number): boolean {
  const { word = '', raw = '' } = tokens[at] ?? {};
  if (!MODALS.has(word) || raw === 'May') return false;
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  if (!after || BETWEEN_VERBS.test(after.word) || PREPOSITIONS.has(after.word)) return false;
  const noun =
    before && (DETERMINERS.has(before.word) || PREPOSITIONS.has(before.word) || BEFORE_NOUN.has(before.word));
  // `that can` has a determiner that is a relative; `one's will` a possessive.
  return !(noun && before.word !== 'that') && !/['’]s$/.test(before?.raw ?? '');
}

export const noModalVerbs: Rule = {
  name: 'no-modal-verbs',
  family: 'language',
  weight: 1,
  critical: false,
  languages: ['en'],
  check(text) {
    const tokens = tokensOf(text);
    const found = tokens.filter((_, at) => isModal(tokens, at)).map(({ word }) => word);
    if (found.length === 0) return SATISFIED;
    return broken(
      falling(found.length, 0.8),
      `uses a modal verb (${quotedAll(found)}); say what is, not what may or should be`,
    );
  },
};
