import { tokensOf } from './words.ts';

const PART_MARK = /^[,;/、，；]$/;

/** The words between commas, semicolons, slashes, `or` and `and`: `a brook or small stream` is two pieces. */
export function piecesOf(text: string): string[][] {
  const pieces: string[][] = [[]];
  for (const { raw, word } of tokensOf(text)) {
    if (word === 'or' || word === 'and' || PART_MARK.test(raw)) pieces.push([]);
    else if (word !== '') pieces.at(-1)?.push(word);
  }
  return pieces.filter((piece) => piece.length > 0);
}
