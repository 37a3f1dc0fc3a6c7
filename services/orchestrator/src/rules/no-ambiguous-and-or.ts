import { tokensOf, type Token } from './reading/words.ts';
import type { Rule } from './rule.ts';
import { broken, quoted, SATISFIED } from './verdict.ts';

/** Words between `and` and `or` within which it is open which binds closer: `cats and dogs or birds`. */
const REACH = 3;
/** `of or relating to`, `one or more`, `more or less` are set phrases. */
const SET_PHRASE = /^(?:of or|one or|two or|more or|and so|and out|and down)$/;

interface Joint {
  readonly at: number;
  readonly word: string;
}

const jointsOf = (tokens: readonly Token[]): Joint[] =>
  tokens.flatMap(({ word }, at) => {
    if (word !== 'and' && word !== 'or') return [];
    const around = [`${tokens[at - 1]?.word ?? ''} ${word}`, `${word} ${tokens[at + 1]?.word ?? ''}`];
    return around.some((phrase) => SET_PHRASE.test(phrase)) ? [] : [{ at, word }];
  });

const hasMark = (tokens: readonly Token[]): boolean => tokens.some(({ word }) => word === '');

export const noAmbiguousAndOr: Rule = {
  name: 'no-ambiguous-and-or',
  family: 'language',
  weight: 1,
  critical: false,
  languages: ['en'],
  check(text) {
    const tokens = tokensOf(text);
    if (tokens.some(({ word }, at) => word === 'and' && tokens[at + 1]?.raw === '/' && tokens[at + 2]?.word === 'or'))
      return broken(0, 'uses "and/or"; choose "and" or "or"');
    const slash = tokens.findIndex(({ raw }, at) => raw === '/' && tokens[at - 1]?.word && tokens[at + 1]?.word);
    if (slash > 0) {
      const joined = `${tokens[slash - 1]?.raw}/${tokens[slash + 1]?.raw}`;
      return broken(0.5, `joins words by a slash (${quoted(joined)}); write "and" or "or"`);
    }
    const joints = jointsOf(tokens);
    const mixed = joints.some(({ at, word }, i) => {
      const next = joints[i + 1];
      if (!next || next.word === word || next.at - at > REACH + 1) return false;
      return !hasMark(tokens.slice(at + 1, next.at));
    });
    return mixed ? broken(0.7, 'mixes "and" and "or" in one row; leave no doubt which belongs together') : SATISFIED;
  },
};
