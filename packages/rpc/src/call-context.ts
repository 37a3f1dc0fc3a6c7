import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { TraceContext } from '@exempla/telemetry/signals';
import { Deadline } from './deadline.ts';
import type { Caller } from './identity/caller.ts';
import type { ReadonlyMetadata } from './metadata.ts';
import { ReplyMetadata, type Reply } from './server/reply-metadata.ts';
import { budgetExceeded } from './status-error.ts';

/** What a handler knows of the call it serves. Clients used inside it inherit all of this. */
export interface CallContext {
  /** Name of the service that serves. */
  readonly service: string;
  /** `package.Service/Method`. */
  readonly method: string;
  /** Aborts when the caller goes away, the deadline passes or the server drains; its reason is a StatusError. */
  readonly signal: AbortSignal;
  readonly deadline: Deadline;
  /** Kept back from every call made by this one. */
  readonly reserveMs: number;
  /** Empty where a method is open to everybody and the caller has no credential. */
  readonly tenant: string;
  /** Who acts for the tenant; empty like the tenant. */
  readonly subject: string;
  /** What clients used inside the call show of its caller. */
  readonly caller?: Caller | undefined;
  readonly requestId: string;
  readonly traceId: string;
  readonly trace: TraceContext;
  readonly metadata: ReadonlyMetadata;
  /** Metadata that goes to the caller, in front of the replies and behind them. */
  readonly reply: Reply;
}

/** How a call ends early. Most calls do not, and most handlers never look: the signal is made when one does. */
export class CallEnd {
  aborted = false;
  reason: unknown;
  #controller: AbortController | undefined;

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    this.aborted = true;
    this.reason = reason;
    this.#controller?.abort(reason);
  }
}

type Given = Pick<CallContext, 'service' | 'method' | 'deadline' | 'reserveMs' | 'requestId' | 'trace' | 'metadata'> & {
  surface: Pick<ServerWritableStream<unknown, unknown>, 'sendMetadata'>;
};

/** The context of a call that a server serves. */
export class ServedContext implements CallContext {
  readonly service: string;
  readonly method: string;
  readonly deadline: Deadline;
  readonly reserveMs: number;
  readonly requestId: string;
  readonly trace: TraceContext;
  readonly metadata: ReadonlyMetadata;
  tenant = '';
  subject = '';
  caller: Caller | undefined = undefined;
  /** Undefined as long as no handler asked for it. */
  replyMetadata: ReplyMetadata | undefined = undefined;
  readonly #end: CallEnd;
  readonly #surface: Given['surface'];

  constructor(end: CallEnd, given: Given) {
    this.#end = end;
    this.service = given.service;
    this.method = given.method;
    this.deadline = given.deadline;
    this.reserveMs = given.reserveMs;
    this.requestId = given.requestId;
    this.trace = given.trace;
    this.metadata = given.metadata;
    this.#surface = given.surface;
  }

  /** Fills in whose call it is. */
  actFor(caller: Caller): this {
    this.tenant = caller.tenant;
    this.subject = caller.subject;
    this.caller = caller;
    return this;
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  get traceId(): string {
    return this.trace.traceId;
  }

  get reply(): Reply {
    return (this.replyMetadata ??= new ReplyMetadata((headers) => this.#surface.sendMetadata(headers)));
  }
}

/** What a log line says of the call it is written in: nothing outside of one. */
export function callFields(): Record<string, unknown> {
  const call = storage.getStore();
  if (!call) return {};
  const { method, tenant, requestId, traceId } = call;
  return { method, tenant, requestId, traceId, deadlineRemainingMs: Math.round(call.deadline.remainingMs()) };
}

/** The same call for a part of its work: another end, another deadline. */
const partOf = (
  context: CallContext,
  changes: Pick<CallContext, 'signal' | 'deadline' | 'reserveMs'>,
): CallContext => ({
  ...context,
  traceId: context.traceId,
  get reply() {
    return context.reply;
  },
  signal: changes.signal,
  reserveMs: changes.reserveMs,
  get deadline() {
    return changes.deadline;
  },
});

const storage = new AsyncLocalStorage<CallContext>();

/** The call the current code runs in, or undefined outside any. */
export const currentCall = (): CallContext | undefined => storage.getStore();

/** Runs `fn` as part of `context`: clients used in it inherit deadline, cancellation, tenant and trace. */
export const runInCall = <T>(context: CallContext, fn: () => T): T => storage.run(context, fn);

/**
 * Runs `fn` with `ms` of its own, whatever becomes of the surrounding call: for cleaning up after a call that was
 * cancelled. Tenant, subject, request id and trace stay the call's.
 */
export function runDetached<T>(ms: number, fn: () => Promise<T>): Promise<T> {
  const context = storage.getStore();
  if (!context) return fn();
  // Timers take whole milliseconds, and none below 0: what is left of a call has fractions, or is over.
  const signal = AbortSignal.timeout(Math.max(0, Math.ceil(ms)));
  return runInCall(partOf(context, { signal, deadline: Deadline.after(ms), reserveMs: 0 }), fn);
}

/** The time that a piece of work has. */
export interface CallTime {
  /** Aborts when it is over, or nobody wants the work any more. */
  readonly signal: AbortSignal;
  /** May grow while others come to wait for the same. */
  remainingMs(): number;
}

/** Runs `fn` as part of the surrounding call, but by a time of its own, of which clients see what is left when they call. */
export function runInTime<T>(time: CallTime, fn: () => T): T {
  const context = storage.getStore();
  if (!context) return fn();
  const changes = {
    signal: time.signal,
    reserveMs: 0,
    get deadline() {
      return Deadline.after(time.remainingMs());
    },
  };
  return runInCall(partOf(context, changes), fn);
}

export interface Budget {
  /** At most this many milliseconds. */
  ms?: number;
  /** At most this share of what is left, 0 to 1. */
  share?: number;
  /** Leaves at least this many milliseconds of the call's deadline to the steps that follow. */
  leaveMs?: number;
}

/** The milliseconds a budget comes to when `remainingMs` are left. */
export function budgetMs(budget: Budget, remainingMs: number): number {
  const limits = [remainingMs];
  if (budget.ms !== undefined) limits.push(budget.ms);
  if (budget.share !== undefined) limits.push(remainingMs * budget.share);
  if (budget.leaveMs !== undefined) limits.push(remainingMs - budget.leaveMs);
  return Math.max(0, Math.min(...limits));
}

/**
 * Runs a step under a part of the call's time. When the budget ends the step's signal aborts with BUDGET_EXCEEDED while
 * the call itself goes on; when the call ends, so does the step.
 */
export async function withBudget<T>(
  context: CallContext,
  budget: Budget,
  step: (context: CallContext) => Promise<T>,
): Promise<T> {
  const ms = budgetMs(budget, context.deadline.remainingMs());
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(budgetExceeded(ms)), ms);
  const inherited = (): void => ended.abort(context.signal.reason);
  if (context.signal.aborted) inherited();
  else context.signal.addEventListener('abort', inherited, { once: true });
  // The reserve belongs to the call as a whole; a step with a budget of its own must not lose it twice.
  const deadline = Deadline.after(ms).min(context.deadline);
  const reserveMs = Math.max(0, context.reserveMs - (context.deadline.at - deadline.at));
  const inner = partOf(context, { signal: ended.signal, deadline, reserveMs });
  try {
    return await runInCall(inner, () => step(inner));
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener('abort', inherited);
  }
}
