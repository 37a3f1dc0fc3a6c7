import type { Hop } from '@exempla/launch';
import { whole } from '../terminal/text.ts';
import { waterfall } from '../terminal/waterfall.ts';
import { hopReport } from './report.ts';
import type { Screen } from './surroundings.ts';
import type { Made } from './traced-call.ts';

/** Which process did what, and when. */
export function showHops(
  { print, width, style }: Screen,
  hops: readonly Hop[],
  { startedAt, totalMs }: Pick<Made<unknown>, 'startedAt' | 'totalMs'>,
): void {
  const reports = hops.map(({ spanId, parentSpanId, ...hop }) => ({
    ...hopReport({ ...hop, spanId }, startedAt),
    spanId,
    ...(parentSpanId ? { parentSpanId } : {}),
  }));
  const pids = new Set(hops.map(({ pid }) => pid)).size;
  const sum = `${count(hops.length, 'hop')} in ${count(pids, 'process', 'processes')}, ${whole(totalMs)} ms in all`;
  print('');
  waterfall(reports, width, style).forEach(print);
  print('');
  print(`  ${style.quiet(sum)}`);
  print('');
}

const count = (number: number, one: string, more = `${one}s`): string => `${number} ${number === 1 ? one : more}`;
