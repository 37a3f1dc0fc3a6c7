import { fit } from './text.ts';

/** A line of a cell; the style is applied after padding, so that it never counts as width. */
export interface Line {
  text: string;
  style?: (text: string) => string;
}

export interface Column {
  width: number;
}

export const MARGIN = '  ';
export const GAP = '  ';

/** Sets cells side by side, each with as many lines as it has. */
export function rowOf(columns: readonly Column[], cells: readonly (readonly Line[])[]): string[] {
  const height = Math.max(0, ...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, at) => lineOf(columns, cells, at));
}

function lineOf(columns: readonly Column[], cells: readonly (readonly Line[])[], at: number): string {
  const last = cells.findLastIndex((cell) => (cell[at]?.text ?? '') !== '');
  const parts = cells.slice(0, last + 1).map((cell, index) => {
    const { text, style = same } = cell[at] ?? { text: '' };
    // Nothing follows the last one, so nothing has to be lined up with it.
    const padded = fit(text, columns[index]?.width ?? 0);
    return index === last ? style(padded.trimEnd()) : style(text === '' ? '' : padded.trimEnd()) + padding(padded);
  });
  return MARGIN + parts.join(GAP);
}

const padding = (padded: string): string => ' '.repeat(padded.length - padded.trimEnd().length);
const same = (text: string): string => text;

/** A thin line across the columns. */
export const ruleOf = (columns: readonly Column[]): string =>
  MARGIN + '─'.repeat(columns.reduce((sum, { width }) => sum + width, 0) + GAP.length * (columns.length - 1));
