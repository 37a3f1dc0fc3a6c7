import { randomUUID } from 'node:crypto';
import { constants } from 'node:http2';
import { status, type Metadata, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import { childTrace, newTrace, parseTraceparent, preciseNow, recordSpan, type Logger } from '@exempla/telemetry';
import type { CallContext } from '../call-context.ts';
import { servedDeadline } from '../deadline.ts';
import { mapError, type ErrorTable, type WireStatus } from '../error-mapper.ts';
import { methodName, type GenericMethod, type GenericService } from '../generic-definition.ts';
import type { Identity } from '../identity.ts';
import { methodPolicy } from '../method-policy.ts';
import { callerCancelled, deadlineExceeded, serverDraining } from '../status-error.ts';

export interface ServerParts {
  service: string;
  logger: Logger;
  errors: ErrorTable;
  identity: Identity;
  /** Calls being served now, and those whose answer is still on its way. */
  inFlight: Set<ServedCall>;
}

/** Carries the request id between services; made at the edge when absent. */
export const REQUEST_ID_HEADER = 'x-request-id';
const REQUEST_ID = /^[!-~]{1,100}$/;
/** After its deadline a call has this long to take its answer; what is left then is thrown away. */
const UNREAD_GRACE_MS = 500;
/** A client sends its deadline in whole milliseconds; an end this close to it is the deadline's. */
const DEADLINE_TOLERANCE_MS = 2;

/** What the four kinds of grpc-js calls have in common. */
type CallSurface = Pick<
  ServerUnaryCall<unknown, unknown> | ServerWritableStream<unknown, unknown>,
  'metadata' | 'getDeadline'
> & {
  readonly cancelled: boolean;
  on(event: 'cancelled', listener: () => void): unknown;
  /** Private to grpc-js. */
  readonly call?: { readonly stream?: { close(code: number): void } };
};

/** One call being served: its context, its end, its span. */
export class ServedCall {
  readonly context: CallContext;
  readonly #parts: ServerParts;
  readonly #metadata: Metadata;
  readonly #surface: CallSurface;
  readonly #ended = new AbortController();
  readonly #startMs = preciseNow();
  readonly #leftOnArrivalMs: number;
  #timer: NodeJS.Timeout;
  #finished = false;

  constructor(surface: CallSurface, service: GenericService, method: GenericMethod, parts: ServerParts) {
    this.#parts = parts;
    this.#surface = surface;
    this.#metadata = surface.metadata;
    const policy = methodPolicy(method);
    const deadline = servedDeadline(surface.getDeadline(), policy);
    this.#leftOnArrivalMs = deadline.remainingMs();
    const caller = parseTraceparent(surface.metadata.get('traceparent')[0]?.toString());
    const trace = caller ? childTrace(caller) : newTrace();
    const name = methodName(service, method);
    const asked = surface.metadata.get(REQUEST_ID_HEADER)[0]?.toString() ?? '';
    this.context = {
      service: parts.service,
      method: name,
      signal: this.#ended.signal,
      deadline,
      reserveMs: policy.reserveMs,
      tenant: '',
      requestId: REQUEST_ID.test(asked) ? asked : randomUUID(),
      traceId: trace.traceId,
      trace,
      metadata: surface.metadata,
    };
    // Our own timer, although grpc-js has one: the default and the maximum are ours, and its timer says nothing to a
    // handler whose stream is blocked by a reader that stands still.
    this.#timer = setTimeout(() => this.#ended.abort(deadlineExceeded(name)), Math.max(0, this.#leftOnArrivalMs));
    surface.on('cancelled', () => this.#cancelled());
    parts.inFlight.add(this);
  }

  /** Fills in whose call it is; throws when nobody can tell. */
  identify(): CallContext {
    return Object.assign(this.context, this.#parts.identity(this.#metadata));
  }

  /** Ends the call because the server goes away; one that has answered has had its time to send that. */
  drain(): void {
    if (this.#finished) this.#reset();
    else this.#ended.abort(serverDraining());
  }

  /** Records a call that answered. */
  succeed(): void {
    this.#finish(status.OK);
  }

  /** Records a call that failed, and gives the status to send. */
  fail(error: unknown): WireStatus {
    const { wire, unknown } = mapError(error, this.#parts.errors, this.context.signal);
    if (unknown) {
      const { method, requestId, traceId, tenant } = this.context;
      this.#parts.logger.error({ err: error, method, requestId, traceId, tenant }, 'unexpected error');
    }
    this.#finish(wire.code);
    return wire;
  }

  /** grpc-js says `cancelled` when the caller is gone, and also when an answer has been sent: then the call is over. */
  #cancelled(): void {
    if (this.#finished) return this.#leave();
    const { deadline, method } = this.context;
    const late = deadline.remainingMs() <= DEADLINE_TOLERANCE_MS;
    this.#ended.abort(late ? deadlineExceeded(method) : callerCancelled());
  }

  #finish(code: status): void {
    if (this.#finished) return;
    this.#finished = true;
    clearTimeout(this.#timer);
    const { method, trace, deadline, requestId, tenant } = this.context;
    if (this.#surface.cancelled) this.#leave();
    else this.#timer = setTimeout(() => this.#reset(), Math.max(0, deadline.remainingMs()) + UNREAD_GRACE_MS).unref();
    recordSpan(this.#parts.logger, trace, {
      method,
      startMs: this.#startMs,
      durationMs: preciseNow() - this.#startMs,
      deadlineLeftMs: this.#leftOnArrivalMs,
      deadlineRemainingMs: deadline.remainingMs(),
      status: status[code] ?? String(code),
      requestId,
      tenant,
    });
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#parts.inFlight.delete(this);
  }

  /**
   * Throws away what a reader that stands still has not taken: behind its closed flow-control window neither a status
   * nor the end of the stream gets through, and the buffers would stay as long as the connection. grpc-js has no call
   * for this, so it is done a level below.
   */
  #reset(): void {
    this.#leave();
    this.#surface.call?.stream?.close(constants.NGHTTP2_CANCEL);
  }
}
