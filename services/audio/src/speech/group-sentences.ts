import type { Piece } from './split-sentences.ts';

/**
 * Sentences put together to pieces of at most `maxCharacters`, in order: an engine that is paid for each call, and speaks
 * better when it knows what comes next, gets as much as it takes.
 */
export function groupSentences(sentences: readonly Piece[], maxCharacters: number): Piece[] {
  const pieces: Piece[] = [];
  for (const sentence of sentences) {
    const last = pieces.at(-1);
    const text = last && `${last.text}${last.end === 'paragraph' ? '\n\n' : ' '}${sentence.text}`;
    if (text === undefined || text.length > maxCharacters) pieces.push(sentence);
    else pieces[pieces.length - 1] = { text, end: sentence.end };
  }
  return pieces;
}
