import { status } from '@grpc/grpc-js';
import { isObservable } from 'rxjs';
import type { CallContext } from '../call-context.ts';
import type { GenericMethod } from '../generic-definition.ts';
import { methodPolicy } from '../method-policy.ts';
import { RPC_DOMAIN, StatusError } from '../status-error.ts';
import type { NestHandler } from './handlers.ts';

/** So many calls are remembered, and as many are seen before one is refused. */
export const REMEMBERED_CALLS = 100;
/** The tenth that is fastest: who has less time than all others needed has no hope. */
const HOPELESS_SHARE = 0.1;
/** The limit is worked out again after so many calls: not with each, sorting costs. */
const CALLS_PER_UPDATE = 20;
/** One in so many hopeless calls is let through: only so it is learned that they have become faster. */
const LET_THROUGH = 20;

/** What calls of one method that answered in full took, and so what a call needs to have any hope. */
export class HopelessCalls {
  readonly #durationsMs = new Float64Array(REMEMBERED_CALLS);
  #seen = 0;
  #hopeless = 0;
  #neededMs = 0;

  /** What nine in ten needed at least; 0 while too little is known. */
  get neededMs(): number {
    return this.#neededMs;
  }

  /** A call that answered in full took this long. */
  record(durationMs: number): void {
    this.#durationsMs[this.#seen % REMEMBERED_CALLS] = durationMs;
    this.#seen += 1;
    if (this.#seen < REMEMBERED_CALLS || this.#seen % CALLS_PER_UPDATE !== 0) return;
    this.#neededMs = this.#durationsMs.toSorted()[Math.floor(REMEMBERED_CALLS * HOPELESS_SHARE)]!;
  }

  /** Whether a call with so little time left shall be refused at once. */
  refuses(remainingMs: number): boolean {
    if (remainingMs >= this.#neededMs) return false;
    this.#hopeless += 1;
    return this.#hopeless % LET_THROUGH !== 0;
  }
}

/**
 * The handler of a method marked `all_or_nothing` that refuses calls whose time is too short for any answer: they would
 * cost as much as others and give nothing. Any other method's handler is handed back as it is.
 */
export function refusingHopeless(method: GenericMethod, handler: NestHandler): NestHandler {
  if (!methodPolicy(method).allOrNothing) return handler;
  const calls = new HopelessCalls();
  return (data, context) => {
    const remainingMs = context.deadline.remainingMs();
    if (calls.refuses(remainingMs)) throw tooShort(context, calls.neededMs, remainingMs);
    const start = performance.now();
    const result = Promise.resolve(handler(data, context));
    if (method.responseStream) return result.then((replies) => timed(replies, start, calls));
    return result.then((reply) => {
      // What Nest answers with here is an error on its way.
      if (!isObservable(reply)) calls.record(performance.now() - start);
      return reply;
    });
  };
}

/** The replies as they are; when the last has been taken, the time they took is known. */
function timed(replies: unknown, start: number, calls: HopelessCalls): unknown {
  if (isObservable(replies)) return replies;
  return (async function* () {
    yield* replies as AsyncIterable<unknown>;
    calls.record(performance.now() - start);
  })();
}

function tooShort(context: CallContext, neededMs: number, remainingMs: number): StatusError {
  const needed = Math.ceil(neededMs);
  const remaining = Math.max(0, Math.floor(remainingMs));
  const text = `${context.method} answers in full or not at all; it needs about ${needed} ms and has ${remaining} left`;
  return new StatusError(status.DEADLINE_EXCEEDED, 'DEADLINE_TOO_SHORT', text, {
    domain: RPC_DOMAIN,
    metadata: { method: context.method, needed_ms: String(needed), remaining_ms: String(remaining) },
  });
}
