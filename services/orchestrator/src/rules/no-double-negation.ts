import { wordSet, wordsOf } from './reading/words.ts';
import type { Rule } from './rule.ts';
import { broken, quoted, SATISFIED } from './verdict.ts';

const NEGATIONS = wordSet(
  "not no never none nothing nobody without cannot lacking isn't aren't don't doesn't didn't can't won't",
);
/** `not uncommon`, `not impossible`: the second word takes back the first. */
const NEGATED =
  /^(?:un(?!i|der|til|less|cle|to$|ct)|im(?=p(?:oss|rob|erf|rop|ur|at)|mob|mat)|in(?=cap|corr|comp|cons|def|dep|dir|div|ess|exp|fin|freq|sign|suff|tol|vis|acc|act|adeq|ev)|ir(?=reg|rel|rev)|il(?=leg|log)|non$|dis(?=agr|sim|hon|like|ord|pleas|sat))/;
/** Words within which two negations are read together. */
const REACH = 3;

function pairOf(words: readonly string[]): string | undefined {
  for (const [at, word] of words.entries()) {
    if (!NEGATIONS.has(word) || words[at - 1] === 'or') continue;
    const next = words[at + 1] ?? '';
    if ((word === 'not' || word === 'never') && NEGATED.test(next)) return `${word} ${next}`;
    const second = words.slice(at + 1, at + 1 + REACH).findIndex((other) => NEGATIONS.has(other));
    // `not moving, not speaking` and `not or no longer` put two side by side.
    const between = words.slice(at + 1, at + 1 + second);
    if (second >= 0 && !between.includes('or') && !between.includes('and'))
      return words.slice(at, at + 2 + second).join(' ');
  }
  return undefined;
}

/** Negations on both sides of a mark belong to different statements. */
const clausesOf = (text: string): (readonly string[])[] => text.split(/[,;:.()–—]/).map(wordsOf);

export const noDoubleNegation: Rule = {
  name: 'no-double-negation',
  family: 'language',
  weight: 1,
  critical: false,
  languages: ['en'],
  check(text) {
    const found = clausesOf(text)
      .map(pairOf)
      .filter((pair) => pair !== undefined);
    const [first] = found;
    if (first === undefined) return SATISFIED;
    return broken(found.length === 1 ? 0.3 : 0, `denies twice (${quoted(first)}); say it without negation`);
  },
};
