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

/** Span lines hold no secrets by their type: looking for some in every field of every call would be most of their cost. */
const plain = new WeakMap<Logger, Logger>();

function plainLogger(logger: Logger): Logger {
  let found = plain.get(logger);
  if (!found) plain.set(logger, (found = logger.child({}, { redact: [] })));
  return found;
}

/** Writes one span line. */
export function recordSpan(
  logger: Logger,
  trace: TraceContext,
  span: Omit<SpanLine, 'kind' | keyof TraceContext>,
): void {
  const line: SpanLine = {
    kind: 'span',
    traceId: trace.traceId,
    spanId: trace.spanId,
    method: span.method,
    startMs: round(span.startMs),
    durationMs: round(span.durationMs),
    deadlineLeftMs: Math.round(span.deadlineLeftMs),
    deadlineRemainingMs: Math.round(span.deadlineRemainingMs),
    status: span.status,
    requestId: span.requestId,
    tenant: span.tenant,
  };
  if (trace.parentSpanId) line.parentSpanId = trace.parentSpanId;
  plainLogger(logger).info(line);
}
