import { Metadata } from '@grpc/grpc-js';
import { childTrace, newTrace, parseTraceparent } from '@exempla/telemetry';
import { CallEnd, runInCall, ServedContext, type CallContext } from './call-context.ts';
import { servedDeadline } from './deadline.ts';
import type { Caller } from './identity/caller.ts';
import type { MethodPolicy } from './method-policy.ts';
import { requestIdOf } from './server/served-call.ts';
import { deadlineExceeded, type StatusError } from './status-error.ts';

export interface EdgeCallOptions {
  service: string;
  /** What is called, as logs name it. */
  method: string;
  policy: Pick<MethodPolicy, 'defaultMs' | 'maxMs'>;
  /** What the caller asks for; cut to the method's maximum. Its default when absent. */
  timeoutMs?: number | undefined;
  /** As the caller sent them; what is not valid is as if it were absent. */
  requestId?: string | undefined;
  traceparent?: string | undefined;
}

/** Kept back from every call made by one at the edge: it hands on, and needs little for that. */
const RESERVE_MS = 10;

/**
 * A call that comes in by another protocol than gRPC. Clients used inside its context (`runInCall`) inherit deadline,
 * cancellation, caller, request id and trace, as in a served call. Has to be closed.
 */
export class EdgeCall {
  readonly context: CallContext;
  readonly #context: ServedContext;
  readonly #end = new CallEnd();
  readonly #timer: NodeJS.Timeout;

  constructor({ service, method, policy, timeoutMs, requestId, traceparent }: EdgeCallOptions) {
    const parent = parseTraceparent(traceparent);
    const trace = parent ? childTrace(parent) : newTrace();
    const deadline = servedDeadline(timeoutMs === undefined ? Infinity : Date.now() + timeoutMs, policy);
    this.context = this.#context = new ServedContext(this.#end, {
      service,
      method,
      deadline,
      reserveMs: RESERVE_MS,
      requestId: requestIdOf(requestId, trace),
      trace,
      metadata: new Metadata(),
      // What a caller of another protocol is told beside its answer is for its own door to say.
      surface: { sendMetadata: () => {} },
    });
    this.#timer = setTimeout(() => this.abort(deadlineExceeded(method)), deadline.remainingMs());
  }

  actFor(caller: Caller): void {
    this.#context.actFor(caller);
  }

  /** Why it ended early; undefined while it has not. */
  get abortedBy(): unknown {
    return this.#end.aborted ? this.#end.reason : undefined;
  }

  /** Ends it early: every call made inside it is cancelled. */
  abort(reason: StatusError): void {
    if (!this.#end.aborted) runInCall(this.context, () => this.#end.abort(reason));
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
