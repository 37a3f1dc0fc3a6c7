import type { Check } from '../doctor/check.ts';
import { GAP, type Line, MARGIN, rowOf } from './columns.ts';
import { MAX_TEXT_WIDTH } from './labelled.ts';
import type { Style } from './style.ts';
import { wrap } from './text.ts';

const LEVEL = { width: 4 };
const NAME = { width: 13 };

/** A line for each check, below it what to do, and a sum at the end. */
export function doctorView(checks: readonly Check[], width: number, style: Style): string[] {
  const text = Math.min(MAX_TEXT_WIDTH, width - MARGIN.length - 1) - LEVEL.width - NAME.width - 2 * GAP.length;
  const paint = { ok: style.good, warn: style.warn, fail: style.bad };
  const rows = checks.flatMap(({ level, name, says, todo }) => {
    const lines: Line[] = wrap(says, text).map((line) => ({ text: line }));
    const advice: Line[] =
      todo === undefined ? [] : wrap(`→ ${todo}`, text).map((line) => ({ text: line, style: style.strong }));
    return rowOf(
      [LEVEL, NAME, { width: text }],
      [[{ text: level, style: paint[level] }], [{ text: name }], [...lines, ...advice]],
    );
  });
  return ['', ...rows, '', `${MARGIN}${sumOf(checks, style)}`];
}

function sumOf(checks: readonly Check[], style: Style): string {
  const count = (level: Check['level']): number => checks.filter((check) => check.level === level).length;
  const [failed, warned] = [count('fail'), count('warn')];
  if (failed + warned === 0) return style.good('All is well.');
  const parts = [...(failed > 0 ? [`${failed} failed`] : []), ...(warned > 0 ? [`${warned} to look at`] : [])];
  return `${parts.join(', ')}, ${count('ok')} ok.`;
}
