import { piecesOf } from './reading/pieces.ts';
import { DETERMINERS } from './reading/words.ts';
import type { Rule } from './rule.ts';
import { broken, SATISFIED } from './verdict.ts';

/** `a brook` and `to run` are one word. */
const bare = (piece: readonly string[]): readonly string[] =>
  piece.length > 1 && (DETERMINERS.has(piece[0] ?? '') || piece[0] === 'to') ? piece.slice(1) : piece;

export const notSynonym: Rule = {
  name: 'not-synonym',
  family: 'content',
  weight: 3,
  critical: false,
  languages: ['en'],
  check(text) {
    const pieces = piecesOf(text).map(bare);
    if (pieces.some((piece) => piece.length > 1)) return SATISFIED;
    if (pieces.length === 0) return broken(0, 'says nothing; name the genus of the term and what sets it apart');
    const only = pieces.length === 1 ? 'only another word for the term' : 'only a row of other words for the term';
    return broken(0, `is ${only}; name its genus and what sets it apart`);
  },
};
