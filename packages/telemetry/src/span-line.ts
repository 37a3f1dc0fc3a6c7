import { symbols } from 'pino';
import type { Logger } from './logger.ts';
import type { TraceContext } from './trace-context.ts';

/** What the serving process says of one call it served. */
export interface SpanLine {
  kind: 'span';
  /** `package.Service/Method`. */
  method: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  /** When the call arrived, milliseconds since the epoch, with fraction. */
  startMs: number;
  durationMs: number;
  /** What was left of the deadline on arrival, as this server read it from its own call. */
  deadlineLeftMs: number;
  /** What was left when the call ended; negative when it ended late. */
  deadlineRemainingMs: number;
  /** gRPC status name, such as `OK`. */
  status: string;
  requestId: string;
  tenant: string;
}

/** Milliseconds since the epoch with the resolution of the monotonic clock. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

const round = (ms: number): number => Math.round(ms * 1000) / 1000;

const text = JSON.stringify;

/** A place to write lines to. */
interface Sink {
  write(line: string): unknown;
}

/** Where a logger writes, and what all its lines of level info have in common; found once per logger. */
interface Lines {
  sink: Sink;
  level: string;
  bindings: string;
}

const known = new WeakMap<Logger, Lines>();

function linesOf(logger: Logger): Lines {
  let lines = known.get(logger);
  if (!lines) {
    const parts = logger as unknown as Record<symbol, unknown>;
    lines = {
      sink: parts[symbols.streamSym] as Sink,
      level: `{"level":${logger.levels.values.info}`,
      bindings: String(parts[symbols.chindingsSym]),
    };
    known.set(logger, lines);
  }
  return lines;
}

/**
 * Writes one span line, in one piece. Every call of every service writes one: put together field by field, with a search
 * for secrets that its type cannot hold, it would be the most costly part of a small call.
 */
export function recordSpan(
  logger: Logger,
  trace: TraceContext,
  span: Omit<SpanLine, 'kind' | keyof TraceContext>,
): void {
  if (!logger.isLevelEnabled('info')) return;
  const { sink, level, bindings } = linesOf(logger);
  const parent = trace.parentSpanId ? `,"parentSpanId":"${trace.parentSpanId}"` : '';
  sink.write(
    `${level},"time":${Date.now()}${bindings},"kind":"span","traceId":"${trace.traceId}","spanId":"${trace.spanId}"${parent}` +
      `,"method":${text(span.method)},"startMs":${round(span.startMs)},"durationMs":${round(span.durationMs)}` +
      `,"deadlineLeftMs":${Math.round(span.deadlineLeftMs)},"deadlineRemainingMs":${Math.round(span.deadlineRemainingMs)}` +
      `,"status":"${span.status}","requestId":${text(span.requestId)},"tenant":${text(span.tenant)}}\n`,
  );
}
