import type { HopReport } from '../demo/report.ts';
import { type Column, GAP, MARGIN } from './columns.ts';
import type { Style } from './style.ts';
import { fit, fitRight, whole, widthOf } from './text.ts';

/** A hop with its place in the tree of calls. */
interface Placed extends HopReport {
  depth: number;
}

export interface WaterfallHop extends HopReport {
  spanId: string;
  parentSpanId?: string;
}

const LEFT = 'deadline left';

/** One line for each served call: who, what, how much of its deadline was left on arrival, and when it ran. */
export function waterfall(hops: readonly WaterfallHop[], width: number, style: Style): string[] {
  if (hops.length === 0) return [`${MARGIN}${style.quiet('No hop was recorded.')}`];
  const placed = place(hops);
  const totalMs = Math.max(1, ...hops.map(({ startMs, durationMs }) => startMs + durationMs));
  const columns = columnsFor(placed, width);
  return [headOf(columns, totalMs, style), ...placed.map((hop) => lineOf(hop, columns, totalMs, style))];
}

interface Columns {
  service: Column;
  method: Column;
  left: Column;
  bar: Column;
  duration: Column;
}

function columnsFor(hops: readonly Placed[], width: number): Columns {
  const service = Math.max(...hops.map((hop) => widthOf(hop.service)));
  const method = Math.max(...hops.map((hop) => widthOf(nameOf(hop))));
  const taken = MARGIN.length + service + LEFT.length + DURATION_WIDTH + 4 * GAP.length + 1;
  const methodWidth = Math.max(12, Math.min(method, width - taken - 12));
  return {
    service: { width: service },
    method: { width: methodWidth },
    left: { width: LEFT.length },
    bar: { width: Math.max(4, Math.min(80, width - taken - methodWidth)) },
    duration: { width: DURATION_WIDTH },
  };
}

const DURATION_WIDTH = 'took ms'.length;

function headOf(columns: Columns, totalMs: number, style: Style): string {
  const scale = `${whole(totalMs)} ms`;
  const bar = `0${fitRight(scale, columns.bar.width - 1)}`;
  return (
    MARGIN +
    style.quiet(
      [
        fit('service', columns.service.width),
        fit('method', columns.method.width),
        LEFT,
        bar,
        fitRight('took ms', columns.duration.width),
      ].join(GAP),
    )
  );
}

function lineOf(hop: Placed, columns: Columns, totalMs: number, style: Style): string {
  const failed = hop.status === 'OK' ? '' : `${GAP}${style.bad(hop.status)}`;
  return (
    MARGIN +
    [
      style.service(hop.service, fit(hop.service, columns.service.width)),
      fit(nameOf(hop), columns.method.width),
      style.quiet(fitRight(`${whole(hop.deadlineLeftMs)} ms`, columns.left.width)),
      style.service(hop.service, barOf(hop, columns.bar.width, totalMs)),
      fitRight(millis(hop.durationMs), columns.duration.width),
    ].join(GAP) +
    failed
  );
}

const nameOf = ({ depth, method }: Placed): string => '  '.repeat(depth) + method.slice(method.indexOf('/') + 1);
const millis = (ms: number): string => (ms < 10 ? ms.toFixed(1) : whole(ms));

/** Half a column is the smallest step; a hop always shows. */
export function barOf(hop: Pick<HopReport, 'startMs' | 'durationMs'>, width: number, totalMs: number): string {
  const halves = width * 2;
  const at = (ms: number): number => Math.min(halves, Math.max(0, Math.round((ms / totalMs) * halves)));
  const from = Math.min(at(hop.startMs), halves - 1);
  const to = Math.max(from + 1, at(hop.startMs + hop.durationMs));
  const filled = (half: number): boolean => half >= from && half < to;
  return Array.from({ length: width }, (_, cell) => CELLS[`${filled(cell * 2)},${filled(cell * 2 + 1)}`]).join('');
}

const CELLS: Readonly<Record<string, string>> = {
  'true,true': '━',
  'true,false': '╸',
  'false,true': '╺',
  'false,false': ' ',
};

/** Each call below the call that made it, in order of start. A hop whose caller is not known stands at the left. */
function place(hops: readonly WaterfallHop[]): Placed[] {
  const known = new Set(hops.map(({ spanId }) => spanId));
  const below = (parent: string | undefined, depth: number): Placed[] =>
    hops
      .filter(({ parentSpanId }) => (parentSpanId && known.has(parentSpanId) ? parentSpanId : undefined) === parent)
      .toSorted((a, b) => a.startMs - b.startMs)
      .flatMap((hop) => [{ ...hop, depth }, ...below(hop.spanId, depth + 1)]);
  return below(undefined, 0);
}
