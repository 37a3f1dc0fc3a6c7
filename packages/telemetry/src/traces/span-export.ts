import type { TraceContext } from '../trace-context.ts';

/** A call that has ended, as a tracing system wants it. */
export interface EndedSpan {
  readonly kind: 'server' | 'client';
  readonly trace: TraceContext;
  /** `package.Service/Method`. */
  readonly method: string;
  /** Milliseconds since the epoch, with fraction. */
  readonly startMs: number;
  readonly durationMs: number;
  /** gRPC status name, such as `OK`. */
  readonly status: string;
  /** What a reader of the trace wants to know beside. */
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** Where ended spans go. */
export interface SpanExport {
  ended(span: EndedSpan): void;
  /** Sends what waits, within a limit of its own, and stops. */
  close(): Promise<void>;
}

let current: SpanExport | undefined;

/** From here on spans of this process go to `target`; undefined: nowhere. */
export function exportSpansTo(target: SpanExport | undefined): void {
  current = target;
}

/** Where spans go, or undefined: then nobody needs to make any. */
export function spanExport(): SpanExport | undefined {
  return current;
}
