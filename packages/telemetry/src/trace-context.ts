import { randomBytes } from 'node:crypto';

/** One hop of a distributed trace, as W3C Trace Context defines it (https://www.w3.org/TR/trace-context/). */
export interface TraceContext {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits: this hop. */
  readonly spanId: string;
  /** The hop that called; absent at the root. */
  readonly parentSpanId?: string;
  /** Whether the spans of this trace are exported; decided where it begins, and kept by all. */
  readonly sampled: boolean;
}

/** Version, trace, span, flags; versions after 00 may carry more. */
const TRACEPARENT = /^(?!ff)(?!00-.{53})[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;
const ZERO = /^0+$/;
const SAMPLED_FLAG = 1;

/** Random bytes are drawn by the page: two draws a call would cost as much as the rest of its bookkeeping. */
const POOL_BYTES = 4096;
const TRACE_BYTES = 16;
const SPAN_BYTES = 8;
let pool = Buffer.alloc(0);
let used = 0;

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

let rootShare = 1;

/** Of the traces that begin in this process the share 0 to 1 is sampled; before it is said, all are. */
export function sampleRoots(share: number): void {
  rootShare = share;
}

/** Digits of a trace id that its share is read from: the last, which W3C asks to be random. */
const SHARE_DIGITS = 8;
const SHARE_RANGE = 16 ** SHARE_DIGITS;

/** Whether a trace belongs to a share of all traces; the same answer in every process. */
export const inShare = ({ traceId }: Pick<TraceContext, 'traceId'>, share: number): boolean =>
  Number.parseInt(traceId.slice(-SHARE_DIGITS), 16) < share * SHARE_RANGE;

/** A trace that begins here. */
export function newTrace(): TraceContext {
  // One draw for both.
  const digits = randomHex(TRACE_BYTES + SPAN_BYTES);
  const traceId = digits.slice(0, 2 * TRACE_BYTES);
  return { traceId, spanId: digits.slice(2 * TRACE_BYTES), sampled: rootShare >= 1 || inShare({ traceId }, rootShare) };
}

/** The next hop below `parent`. */
export function childTrace(parent: TraceContext): TraceContext {
  return {
    traceId: parent.traceId,
    spanId: randomHex(SPAN_BYTES),
    parentSpanId: parent.spanId,
    sampled: parent.sampled,
  };
}

/** The `traceparent` header that names `trace` as the caller. */
export function formatTraceparent(trace: TraceContext): string {
  return `00-${trace.traceId}-${trace.spanId}-${trace.sampled ? '01' : '00'}`;
}

/** The caller named by a `traceparent` header, or undefined when the header is absent or not valid. */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const match = header === undefined ? null : TRACEPARENT.exec(header);
  const [, traceId, spanId, flags] = match ?? [];
  if (!traceId || !spanId || !flags || ZERO.test(traceId) || ZERO.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & SAMPLED_FLAG) !== 0 };
}
