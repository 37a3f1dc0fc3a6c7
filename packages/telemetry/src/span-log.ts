import { symbols } from 'pino';
import type { Logger } from './logger.ts';
import { inShare, type TraceContext } from './trace-context.ts';

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
  /** Calls under way when this one ended, itself among them. */
  inFlight: number;
  requestId: string;
  tenant: string;
}

const round = (ms: number): number => Math.round(ms * 1000) / 1000;

// oxlint-disable-next-line no-control-regex -- what JSON has to escape
const ESCAPED = /["\\\u0000-\u001f]/;
/** A JSON string; most are written as they are. */
const text = (value: string): string => (ESCAPED.test(value) ? JSON.stringify(value) : `"${value}"`);

/** A place to write lines to. */
interface Sink {
  write(line: string): unknown;
}

/**
 * Writes a line for each call that ended, in one piece: put together field by field, with a search for secrets that its
 * type cannot hold, it would be the most costly part of a small call.
 */
export class SpanLog {
  readonly #logger: Logger;
  readonly #okShare: number;
  readonly #sink: Sink;
  /** What all lines of the logger begin with: the level, and after the time its bindings. */
  readonly #level: string;
  readonly #bindings: string;

  /**
   * Of calls that answered OK the share `okShare` (0 to 1) is written, chosen by trace, so that one is in the logs of all
   * services or of none; every other call is written always.
   */
  constructor(logger: Logger, okShare = 1) {
    const parts = logger as unknown as Record<symbol, unknown>;
    this.#logger = logger;
    this.#okShare = okShare;
    this.#sink = parts[symbols.streamSym] as Sink;
    this.#level = `{"level":${logger.levels.values.info}`;
    this.#bindings = String(parts[symbols.chindingsSym]);
  }

  record(trace: TraceContext, span: Omit<SpanLine, 'kind' | keyof TraceContext>): void {
    if (!this.#logger.isLevelEnabled('info')) return;
    if (this.#okShare < 1 && span.status === 'OK' && !inShare(trace, this.#okShare)) return;
    const parent = trace.parentSpanId ? `,"parentSpanId":"${trace.parentSpanId}"` : '';
    this.#sink.write(
      `${this.#level},"time":${Date.now()}${this.#bindings},"kind":"span","traceId":"${trace.traceId}","spanId":"${trace.spanId}"${parent}` +
        `,"method":"${span.method}","startMs":${round(span.startMs)},"durationMs":${round(span.durationMs)}` +
        `,"deadlineLeftMs":${Math.round(span.deadlineLeftMs)},"deadlineRemainingMs":${Math.round(span.deadlineRemainingMs)}` +
        `,"status":"${span.status}","inFlight":${span.inFlight},"requestId":${text(span.requestId)},"tenant":${text(span.tenant)}}\n`,
    );
  }
}
