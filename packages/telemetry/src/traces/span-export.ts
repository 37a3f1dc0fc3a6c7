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

/** From here on spans of this process go to `target`, until the returned function is called or somebody else wants them. */
export function exportSpansTo(target: SpanExport): () => void {
  current = target;
  return () => {
    if (current === target) current = undefined;
  };
}

/** Where spans go, or undefined: then nobody needs to make any. */
export function spanExport(): SpanExport | undefined {
  return current;
}
