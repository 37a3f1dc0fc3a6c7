import { BEFORE_NUMBER, MAYBE_LAST, NEVER_LAST } from './abbreviations.ts';

/** What comes after a piece; it decides how long the voice rests. */
export type PieceEnd = 'clause' | 'sentence' | 'paragraph' | 'text';

/** A part of a text that is spoken in one go. */
export interface Piece {
  readonly text: string;
  readonly end: PieceEnd;
}

const PARAGRAPH = /\r?\n[^\S\n]*\r?\n\s*/;
// Always matches where it starts, so the scan over a text is linear however many marks it has.
const MARKS = /[.!?…。！？]+/g;
const CLOSERS_THEN_SPACE = /["'’”»)\]}]*(\s+|$)/y;
const FULL_WIDTH = /[。！？]$/;
const LONGEST_ABBREVIATION = 24;

/** Whether anything of it can be said: a letter or a digit of any script. */
export const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);

/** Splits a text into sentences, and sentences longer than `maxCharacters` at clauses, else words, else anywhere. */
export function splitSentences(text: string, maxCharacters: number): Piece[] {
  const pieces: Piece[] = [];
  for (const paragraph of text.split(PARAGRAPH)) {
    const sentences = sentencesOf(paragraph);
    for (const [index, sentence] of sentences.entries()) {
      const end = index === sentences.length - 1 ? 'paragraph' : 'sentence';
      pieces.push(...splitLong(sentence, end, maxCharacters));
    }
  }
  const last = pieces.pop();
  return last ? [...pieces, { ...last, end: 'text' }] : [];
}

function sentencesOf(paragraph: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  const take = (end: number): void => {
    const sentence = paragraph.slice(start, end).replace(/\s+/g, ' ').trim();
    if (hasWords(sentence)) sentences.push(sentence);
    start = end;
  };
  for (const mark of paragraph.matchAll(MARKS)) {
    const end = endOfSentence(paragraph, start, mark.index, mark[0]);
    if (end !== undefined) take(end);
  }
  take(paragraph.length);
  return sentences;
}

/** Where the sentence ends whose last marks are `marks` at `at`; undefined when it goes on. */
function endOfSentence(text: string, start: number, at: number, marks: string): number | undefined {
  const after = at + marks.length;
  CLOSERS_THEN_SPACE.lastIndex = after;
  const gap = CLOSERS_THEN_SPACE.exec(text);
  if (!gap) return FULL_WIDTH.test(marks) ? after : undefined;
  const end = after + gap[0].length;
  const next = text.slice(end, end + 2);
  if (/^["'“‘«([]?\p{Ll}/u.test(next)) return undefined;
  return marks === '.' && stopBelongsToWord(text, start, at, next) ? undefined : end;
}

/** Whether the full stop at `at` is part of an abbreviation, an initial or the number of a list item. */
function stopBelongsToWord(text: string, start: number, at: number, next: string): boolean {
  const before = text.slice(Math.max(start, at - LONGEST_ABBREVIATION), at);
  const word = /[^\s"'“‘«([{]*$/.exec(before)?.[0] ?? '';
  const lower = word.toLowerCase();
  if (NEVER_LAST.has(lower)) return true;
  if (BEFORE_NUMBER.has(lower)) return /^\d/.test(next);
  if (MAYBE_LAST.has(lower)) return !/^["'“‘«([]?\p{Lu}/u.test(next);
  if (/^\p{Lu}$/u.test(word)) return word !== 'I';
  return /^\d{1,3}$/.test(word) && text.slice(start, at).trim() === word;
}

function splitLong(sentence: string, end: PieceEnd, maxCharacters: number): Piece[] {
  const pieces: Piece[] = [];
  let rest = sentence;
  while (rest.length > maxCharacters) {
    const cut = cutBefore(rest, maxCharacters);
    const head = rest.slice(0, cut).trim();
    if (hasWords(head)) pieces.push({ text: head, end: 'clause' });
    rest = rest.slice(cut).trim();
  }
  if (hasWords(rest)) pieces.push({ text: rest, end });
  return pieces;
}

/** The best place to cut within the first `max` characters: a clause in the second half, a space, a whole character. */
function cutBefore(text: string, max: number): number {
  const head = text.slice(0, max);
  const clause = Math.max(
    ...[';', ':', ',', ' -', ' –', ' —'].map((mark) => head.lastIndexOf(`${mark} `) + mark.length),
  );
  if (clause > max / 2) return clause;
  const space = head.lastIndexOf(' ');
  if (space > 0) return space;
  const last = head.charCodeAt(max - 1);
  const halfOfPair = last >= 0xd800 && last <= 0xdbff;
  return halfOfPair && max > 1 ? max - 1 : max;
}
