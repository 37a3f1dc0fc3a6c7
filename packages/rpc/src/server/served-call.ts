import { constants, type ServerHttp2Stream } from 'node:http2';
import { status, type Metadata, type ServerUnaryCall, type ServerWritableStream } from '@grpc/grpc-js';
import {
  childTrace,
  newTrace,
  parseTraceparent,
  preciseNow,
  SPAN,
  spanExport,
  type Logger,
  type SpanLog,
  type TraceContext,
} from '@exempla/telemetry';
import { CallEnd, runInCall, ServedContext, type CallContext } from '../call-context.ts';
import { servedDeadline } from '../deadline.ts';
import { mapError, type ErrorTable, type WireStatus } from '../error-mapper.ts';
import { demandAccess } from '../identity/access.ts';
import type { Caller } from '../identity/caller.ts';
import type { Identity } from '../identity/identity.ts';
import { REQUEST_ID_HEADER } from '../metadata.ts';
import type { MethodPolicy } from '../method-policy.ts';
import type { ServerCallMetrics } from '../metrics/server-call-metrics.ts';
import { statusName } from '../metrics/status-name.ts';
import {
  callerCancelled,
  deadlineExceeded,
  serverDraining,
  StatusError,
  WATCH_ENDED,
  watchEnded,
} from '../status-error.ts';
import type { CallsUnderWay, Placed } from './calls-under-way.ts';
import { forgetWhenOver } from '../young-objects.ts';
import { fromNest } from './nest-exceptions.ts';
import { connectionCloses, watchEndsAfterMs, type OpenWatch, type OpenWatches } from './open-watches.ts';

export interface ServerParts {
  service: string;
  logger: Logger;
  spans: SpanLog;
  errors: ErrorTable;
  identity: Identity;
  /** Calls being served now, and those whose answer is still on its way. */
  inFlight: CallsUnderWay<ServedCall>;
  /** Those of them that are watches. */
  watches: OpenWatches;
}

/** What is the same for all calls of a method. */
export interface ServedMethod {
  /** `package.Service/Method`. */
  name: string;
  policy: MethodPolicy;
  metrics: ServerCallMetrics;
}

const REQUEST_ID = /^[!-~]{1,100}$/;

/** The id a caller gave its call; at the edge a trace begins with the request: one name is enough for both. */
export const requestIdOf = (asked: string | undefined, { traceId }: TraceContext): string =>
  asked !== undefined && REQUEST_ID.test(asked) ? asked : traceId;

/** After its deadline a call has this long to take its answer; what is left then is thrown away. */
const UNREAD_GRACE_MS = 500;
/**
 * The caller's clock began earlier, by the way of the request, and both ends of a call look the same from here: what ends in
 * the last part of its time, a tenth and at most this long, is taken to have run out of it.
 */
const LAST_MOMENT_MS = 50;
const LAST_MOMENT_SHARE = 0.1;

/** What the four kinds of grpc-js calls have in common. */
type CallSurface = Pick<
  ServerUnaryCall<unknown, unknown> | ServerWritableStream<unknown, unknown>,
  'metadata' | 'getDeadline' | 'sendMetadata'
> & {
  readonly cancelled: boolean;
  on(event: 'cancelled', listener: () => void): unknown;
  /** Private to grpc-js. */
  readonly call?: { readonly stream?: ServerHttp2Stream };
};

/** One call being served: its context, its end, its span. */
export class ServedCall implements OpenWatch, Placed {
  readonly context: ServedContext;
  /** Told the reason when the call ends before its handler is done. */
  onAbort: ((reason: unknown) => void) | undefined;
  place = -1;
  /** Of its messages, without framing. */
  receivedBytes = 0;
  #sentBytes = 0;
  readonly #parts: ServerParts;
  readonly #surface: CallSurface;
  readonly #method: ServedMethod;
  readonly #end = new CallEnd();
  readonly #startMs = preciseNow();
  readonly #leftOnArrivalMs: number;
  readonly #isWatch: boolean;
  #timer: NodeJS.Timeout;
  #finished = false;

  constructor(surface: CallSurface, method: ServedMethod, parts: ServerParts) {
    this.#parts = parts;
    this.#surface = surface;
    this.#method = method;
    const { metadata } = surface;
    const deadline = servedDeadline(surface.getDeadline(), method.policy);
    this.#leftOnArrivalMs = deadline.remainingMs();
    const caller = parseTraceparent(metadata.get('traceparent')[0]?.toString());
    const trace = caller ? childTrace(caller) : newTrace();
    const requestId = requestIdOf(metadata.get(REQUEST_ID_HEADER)[0]?.toString(), trace);
    const { name, policy } = method;
    this.context = new ServedContext(this.#end, {
      service: parts.service,
      method: name,
      deadline,
      reserveMs: policy.reserveMs,
      requestId,
      trace,
      metadata,
      surface,
    });
    // Our own timer, although grpc-js has one: the default and the maximum are ours, and its timer says nothing to a
    // handler whose stream is blocked by a reader that stands still.
    this.#isWatch = policy.watch;
    const leftMs = this.#isWatch ? watchEndsAfterMs(this.#leftOnArrivalMs) : this.#leftOnArrivalMs;
    this.#timer = setTimeout(timeIsUp, Math.max(0, leftMs), this);
    surface.on('cancelled', () => this.#cancelled());
    if (surface.call?.stream) forgetWhenOver(surface.call.stream);
    method.metrics.started();
    parts.inFlight.add(this);
    if (this.#isWatch) parts.watches.add(this);
  }

  get connectionClosing(): boolean {
    return connectionCloses(this.#surface);
  }

  endWatch(): void {
    this.#abort(watchEnded());
  }

  /** True once its status is decided. */
  get finished(): boolean {
    return this.#finished;
  }

  /** Fills in whose call it is; fails when nobody can tell, or when the method is not for them. */
  identify(): CallContext | Promise<CallContext> {
    const caller = this.#parts.identity(this.#surface.metadata);
    return caller instanceof Promise ? caller.then((verified) => this.#admit(verified)) : this.#admit(caller);
  }

  #admit(caller: Caller | undefined): CallContext {
    demandAccess(caller, this.#method.policy.access, this.#method.name);
    return caller ? this.context.actFor(caller) : this.context;
  }

  /** Ends the call because the server goes away; one that has answered has had its time to send that. */
  drain(): void {
    if (this.#finished) this.#reset();
    else this.#abort(serverDraining());
  }

  /** Takes note of a reply that is about to be sent; what goes in front of it is sent first. */
  sending(reply: Buffer): Buffer {
    this.context.replyMetadata?.sendHeaders();
    this.#sentBytes += reply.length;
    return reply;
  }

  /** Records a call that answered, and gives the metadata to send behind its replies. */
  succeed(): Metadata | undefined {
    this.#finish(status.OK);
    return this.context.replyMetadata?.end();
  }

  /** Records a call that failed, and gives the status to send. */
  fail(error: unknown): WireStatus {
    const { wire, unknown } = mapError(fromNest(error, this.#method.name), this.#parts.errors, this.#end);
    if (unknown || (FAULTS_OF_OURS.has(wire.code) && hasCause(error))) this.#tellOf(error, unknown);
    // The end of a watch goes over the wire as UNAVAILABLE and is as it should be.
    this.#finish(isWatchEnd(this.#end.reason) ? status.OK : wire.code);
    const trailers = this.#trailersOfFailure();
    if (trailers) wire.metadata.merge(trailers);
    return wire;
  }

  /** Whatever is wrong with what a handler wanted to send: the call that fails has to end. */
  #trailersOfFailure(): Metadata | undefined {
    try {
      return this.context.replyMetadata?.end();
    } catch (error) {
      this.#tellOf(error, true);
      return undefined;
    }
  }

  /** What the caller is not told: an error nobody knew, or why one that is known came about. */
  #tellOf(err: unknown, unknown: boolean): void {
    const { method, requestId, traceId, tenant } = this.context;
    const fields = { err, method, requestId, traceId, tenant };
    if (unknown) this.#parts.logger.error(fields, 'unexpected error');
    else this.#parts.logger.warn(fields, 'call failed');
  }

  /** grpc-js says `cancelled` when the caller is gone, and also when an answer has been sent: then the call is over. */
  #cancelled(): void {
    if (this.#finished) return this.#leave();
    const { deadline, method } = this.context;
    const late = deadline.remainingMs() <= Math.min(LAST_MOMENT_MS, this.#leftOnArrivalMs * LAST_MOMENT_SHARE);
    this.#abort(late ? deadlineExceeded(method) : callerCancelled());
  }

  /** The deadline passed: the call fails, or what it answered has a moment left to be taken. */
  timeIsUp(): void {
    if (!this.#finished) this.#abort(this.#isWatch ? watchEnded() : deadlineExceeded(this.context.method));
    if (this.#parts.inFlight.has(this)) this.#timer = setTimeout(() => this.#reset(), UNREAD_GRACE_MS).unref();
  }

  #abort(reason: StatusError): void {
    if (this.#end.aborted) return;
    // Who listens goes on as part of the call, wherever its end was noticed: what is tidied up then is its tenant's.
    runInCall(this.context, () => this.#end.abort(reason));
    this.onAbort?.(reason);
  }

  #finish(code: status): void {
    if (this.#finished) return;
    this.#finished = true;
    const inFlight = this.#parts.inFlight.size - this.#parts.watches.size;
    // Otherwise the timer of the deadline stays: a reader may stand still before the answer.
    if (this.#surface.cancelled) this.#leave();
    else this.#timer.unref();
    this.#record(code, inFlight);
  }

  /** Tells of the call: in a metric, a line and, where somebody wants it, a span. */
  #record(code: status, inFlight: number): void {
    const { method, trace, deadline, requestId, tenant } = this.context;
    const startMs = this.#startMs;
    const durationMs = preciseNow() - startMs;
    const { receivedBytes } = this;
    this.#method.metrics.ended(code, { durationMs, sentBytes: this.#sentBytes, receivedBytes });
    const deadlineLeftMs = this.#leftOnArrivalMs;
    const deadlineRemainingMs = deadline.remainingMs();
    const name = statusName(code);
    this.#parts.spans.record(trace, {
      method,
      startMs,
      durationMs,
      deadlineLeftMs,
      deadlineRemainingMs,
      status: name,
      inFlight,
      requestId,
      tenant,
    });
    spanExport()?.ended({
      kind: 'server',
      trace,
      method,
      startMs,
      durationMs,
      status: name,
      attributes: {
        [SPAN.deadlineLeft]: deadlineLeftMs,
        [SPAN.deadlineRemaining]: deadlineRemainingMs,
        [SPAN.requestId]: requestId,
        [SPAN.tenant]: tenant,
      },
    });
  }

  #leave(): void {
    clearTimeout(this.#timer);
    this.#parts.inFlight.delete(this);
    if (this.#isWatch) this.#parts.watches.delete(this);
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

const isWatchEnd = (reason: unknown): boolean => reason instanceof StatusError && reason.reason === WATCH_ENDED;
/** Statuses that say something of us. What a caller did wrong is not logged for each call: callers decide how many there are. */
const FAULTS_OF_OURS = new Set([status.UNAVAILABLE, status.INTERNAL, status.DATA_LOSS]);
const hasCause = (error: unknown): boolean => error instanceof Error && error.cause !== undefined;
const timeIsUp = (call: ServedCall): void => call.timeIsUp();
