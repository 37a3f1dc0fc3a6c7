import { GAP, type Line, rowOf } from './columns.ts';

const LABEL = { width: 8 };

/** Wider lines are hard to read. */
export const MAX_TEXT_WIDTH = 96;

/** Rows of a label and lines beside it. */
export function labelled(textWidth: number) {
  const width = textWidth - LABEL.width - GAP.length;
  const rows = (label: string, lines: readonly Line[]): string[] =>
    lines.length === 0 ? [] : rowOf([LABEL, { width }], [[{ text: label }], lines]);
  return Object.assign(rows, { width });
}

export const plain = (texts: readonly string[]): Line[] => texts.map((text) => ({ text }));
