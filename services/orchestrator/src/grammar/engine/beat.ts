import { countWords, sentencesOf } from './words.ts';
import { render, type Rendering } from './template.ts';

/**
 * A piece of a scene as text: one line per sentence or two, an empty line between paragraphs. A digit before a line
 * says how soon it goes when the story is short (3 first, then 2 and 1; - in stories of a minute only; none never); a letter whom it is for: y up to 6 years,
 * k 7 to 10, m from 7, o from 11, b up to 10. A line leans on lines before it in its paragraph with a lower digit only.
 */
export type Beat = string;

export interface Line {
  readonly level: number;
  readonly text: string;
  readonly words: number;
}
export type Paragraph = readonly Line[];

const AUDIENCES: Readonly<Record<string, readonly [from: number, to: number]>> = {
  y: [0, 6],
  k: [7, 10],
  b: [0, 10],
  m: [7, 99],
  o: [11, 99],
};
const MARK = /^([-0-3])?([ykbmo])? (?=\S)/;
const BRIEFEST = 0.5;

/** Most words in one sentence, by age. */
export function longestSentence(age: number): number {
  if (age <= 3) return 16;
  if (age <= 6) return 20;
  if (age <= 10) return 28;
  return age <= 13 ? 34 : 42;
}

const isFor = (age: number, audience: string | undefined): boolean => {
  const [from, to] = AUDIENCES[audience ?? ''] ?? [0, 99];
  return age >= from && age <= to;
};

const fits = (text: string, age: number): boolean =>
  sentencesOf(text).every((sentence) => countWords(sentence) <= longestSentence(age));

export interface Audience {
  readonly age: number;
}

function toLine(source: string, rendering: Rendering & Audience): Line[] {
  const mark = MARK.exec(source);
  const level = mark?.[1] === '-' ? BRIEFEST : Number(mark?.[1] ?? 0);
  if (!isFor(rendering.age, mark?.[2])) return [];
  const text = render(source.slice(mark?.[0].length ?? 0), rendering);
  return level > 0 && !fits(text, rendering.age) ? [] : [{ level, text, words: countWords(text) }];
}

/** The paragraphs of a beat with every line that may be told to this age. */
export function toParagraphs(beat: Beat, rendering: Rendering & Audience): Paragraph[] {
  return beat
    .split(/\n[ \t]*\n/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((source) => source.trim())
        .filter((source) => source !== '')
        .flatMap((source) => toLine(/^[-0-3]?[ykbmo]? /.test(source) ? source : ` ${source}`, rendering)),
    )
    .filter((paragraph) => paragraph.length > 0);
}
