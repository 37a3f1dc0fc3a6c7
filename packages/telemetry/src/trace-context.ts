import { randomBytes } from 'node:crypto';

/** One hop of a distributed trace, as W3C Trace Context defines it (https://www.w3.org/TR/trace-context/). */
export interface TraceContext {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits: this hop. */
  readonly spanId: string;
  /** The hop that called; absent at the root. */
  readonly parentSpanId?: string;
}

/** Version, trace, span, flags; versions after 00 may carry more. */
const TRACEPARENT = /^(?!ff)(?!00-.{53})[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/;
const ZERO = /^0+$/;

/** Random bytes are drawn by the page: two draws a call would cost as much as the rest of its bookkeeping. */
const POOL_BYTES = 4096;
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

/** A trace that begins here. */
export function newTrace(): TraceContext {
  return { traceId: randomHex(16), spanId: randomHex(8) };
}

/** The next hop below `parent`. */
export function childTrace(parent: TraceContext): TraceContext {
  return { traceId: parent.traceId, spanId: randomHex(8), parentSpanId: parent.spanId };
}

/** The `traceparent` header that names `trace` as the caller. */
export function formatTraceparent(trace: TraceContext): string {
  return `00-${trace.traceId}-${trace.spanId}-01`;
}

/** The caller named by a `traceparent` header, or undefined when the header is absent or not valid. */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const match = header === undefined ? null : TRACEPARENT.exec(header);
  if (!match?.[1] || !match[2] || ZERO.test(match[1]) || ZERO.test(match[2])) return undefined;
  return { traceId: match[1], spanId: match[2] };
}
