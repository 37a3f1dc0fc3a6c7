import { GAP, MARGIN, rowOf, ruleOf } from './columns.ts';
import type { Style } from './style.ts';
import { harmless, widthOf, wrap } from './text.ts';

const MIN_WIDTH = 12;

/** Rows below their heads; the widest columns give way until all fit, and what is longer goes on below. */
export function tableOf(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  { width, style }: { width: number; style: Style },
): string[] {
  if (rows.length === 0) return [MARGIN + style.quiet('none')];
  const cells = rows.map((row) => row.map(harmless));
  const columns = fitted(
    heads.map((head, at) => Math.max(widthOf(head), ...cells.map((row) => widthOf(row[at] ?? '')))),
    width - MARGIN.length - 1 - GAP.length * (heads.length - 1),
  ).map((one) => ({ width: one }));
  return [
    ...rowOf(
      columns,
      heads.map((text) => [{ text, style: style.quiet }]),
    ),
    style.quiet(ruleOf(columns)),
    ...cells.flatMap((row) =>
      rowOf(
        columns,
        row.map((text, at) =>
          wrap(text, columns[at]!.width).map((line) =>
            at === 0 ? { text: line, style: style.strong } : { text: line },
          ),
        ),
      ),
    ),
  ];
}

/** Takes a column at a time from the widest until the sum fits or none is left to give. */
function fitted(widths: readonly number[], room: number): number[] {
  const all = [...widths];
  for (let over = all.reduce((a, b) => a + b, 0) - room; over > 0; over -= 1) {
    const widest = Math.max(...all.slice(1));
    if (widest <= MIN_WIDTH) break;
    all[all.lastIndexOf(widest)]! -= 1;
  }
  return all;
}
