import type { UpstreamCall } from '../call.ts';
import { CallEnd } from './call-end.ts';
import type { OpenCalls } from './open-calls.ts';

/** What one call has come to so far, over all its attempts. */
export class CallRun<C extends UpstreamCall = UpstreamCall> implements Disposable {
  readonly call: C;
  readonly end: CallEnd;
  readonly #open: OpenCalls;
  #attempts = 0;
  #waitedMs = 0;
  #spentMs = 0;

  /** Throws when `open` is closed. */
  constructor(call: C, open: OpenCalls) {
    open.began(this);
    this.call = call;
    this.#open = open;
    this.end = new CallEnd(call, open);
  }

  /** Requests that were sent. */
  get attempts(): number {
    return this.#attempts;
  }

  /** Spent waiting for a turn, milliseconds. */
  get waitedMs(): number {
    return this.#waitedMs;
  }

  began(waitedMs: number): void {
    this.#attempts += 1;
    this.#waitedMs += waitedMs;
  }

  spent(ms: number): void {
    this.#spentMs += ms;
  }

  /** Milliseconds the step may still spend on attempts. */
  budgetMs(): number {
    return Math.min((this.call.budgetMs ?? Infinity) - this.#spentMs, this.patienceMs());
  }

  /** Milliseconds that it may wait for anything before somebody else is asked. */
  patienceMs(): number {
    return this.call.patienceMs?.() ?? Infinity;
  }

  [Symbol.dispose](): void {
    this.end[Symbol.dispose]();
    this.#open.ended(this);
  }
}
