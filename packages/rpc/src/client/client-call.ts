import { status } from '@grpc/grpc-js';
import { preciseNow, SPAN, spanExport, type TraceContext } from '@exempla/telemetry/signals';
import type { ClientCallMetrics } from '../metrics/client-call-metrics.ts';
import { statusName } from '../metrics/status-name.ts';
import { RemoteError } from '../remote-error.ts';
import { StatusError, WATCH_ENDED } from '../status-error.ts';

/** A call that is being made: its time, and its end in metrics and spans, told once. */
export class ClientCall {
  readonly #method: string;
  readonly #trace: TraceContext;
  readonly #leftMs: number;
  readonly #metrics: ClientCallMetrics;
  readonly #startMs = preciseNow();
  #ended = false;

  constructor(method: string, call: { trace: TraceContext; leftMs: number }, metrics: ClientCallMetrics) {
    this.#method = method;
    this.#trace = call.trace;
    this.#leftMs = call.leftMs;
    this.#metrics = metrics;
  }

  succeeded(): void {
    this.#end(status.OK);
  }

  failed(error: unknown): void {
    this.#end(codeOf(error));
  }

  /** Over without an answer because nobody wants one; nothing when it has ended already. */
  left(): void {
    this.#end(status.CANCELLED);
  }

  #end(code: status): void {
    if (this.#ended) return;
    this.#ended = true;
    const durationMs = preciseNow() - this.#startMs;
    this.#metrics.ended(code, durationMs);
    spanExport()?.ended({
      kind: 'client',
      trace: this.#trace,
      method: this.#method,
      startMs: this.#startMs,
      durationMs,
      status: statusName(code),
      attributes: { [SPAN.deadlineLeft]: this.#leftMs, [SPAN.deadlineRemaining]: this.#leftMs - durationMs },
    });
  }
}

/** The end of a watch comes as UNAVAILABLE and is as it should be; what no peer said, the caller wanted. */
function codeOf(error: unknown): status {
  if (error instanceof RemoteError) return error.reason === WATCH_ENDED ? status.OK : error.code;
  return error instanceof StatusError ? error.code : status.CANCELLED;
}
