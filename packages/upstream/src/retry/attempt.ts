import { untilAborted } from '@exempla/rpc';
import type { Slot } from '../limiter/upstream-limiter.ts';
import type { Asking } from './asking.ts';
import { AttemptEnd } from './call-end.ts';
import type { CallRun } from './call-run.ts';
import type { Failure } from './failure.ts';
import type { Target } from './target.ts';

/** So long without an answer is a failure of the target, and not only a short deadline. */
const SILENT_MS = 5_000;

/** One request to one target. It holds a turn at the upstream, which goes back when it has succeeded, failed or was left. */
export class Attempt<T extends Target = Target, R extends CallRun = CallRun> implements Disposable {
  readonly target: T;
  readonly run: R;
  readonly #slot: Slot;
  readonly #asking: Asking<T>;
  readonly #end: AttemptEnd;
  readonly #startedAt: number;
  #settled = false;
  #outOfBudget = false;
  #answered = false;

  constructor(slot: Slot, { target, run, asking }: { target: T; run: R; asking: Asking<T> }) {
    this.target = target;
    this.run = run;
    this.#slot = slot;
    this.#asking = asking;
    this.#end = new AttemptEnd(run.end.signal);
    this.#startedAt = asking.clock.now();
    run.began(slot.waitedMs);
    target.health.begin(this.#startedAt);
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Waits for the upstream: at most `limitMs`, and what is left of the step's budget. */
  async until<T>(promise: Promise<T>, limitMs: number): Promise<T> {
    const since = this.#asking.clock.now();
    const budgetMs = this.run.budgetMs();
    this.#end.arm(Math.min(limitMs, budgetMs));
    try {
      return await untilAborted(promise, this.signal);
    } finally {
      this.#outOfBudget = this.#end.timedOut && budgetMs < limitMs;
      this.#end.disarm();
      this.run.spent(this.#asking.clock.now() - since);
    }
  }

  /** The first sign of an answer; `size` names what takes equally long. */
  answered(size: string): void {
    this.#answered = true;
    this.#slot.answered({ key: `${this.target.model} ${size}`, ms: this.#asking.clock.now() - this.#startedAt });
  }

  succeeded(): void {
    if (!this.#settle('ok')) return;
    this.target.health.succeeded();
    this.#slot.end('ok');
  }

  /** What follows from `thrown`; when the call itself is over, its reason is thrown instead. */
  failed(thrown: unknown): Failure {
    if (this.run.end.signal.aborted && !this.#end.timedOut) {
      this.#over(this.run.end.late);
      throw this.run.end.signal.reason;
    }
    if (this.#outOfBudget) {
      this.#over(true);
      return { error: this.#asking.outOfBudget(this.run.call), next: 'never' };
    }
    const failure = this.#asking.failureOf(thrown, this.target, this.#end.timedOut);
    if (this.#settle(failure.error.reason)) this.#judge(failure);
    return failure;
  }

  /** Leaves it: what is under way is broken off. */
  [Symbol.dispose](): void {
    if (this.#settle('left')) {
      this.target.health.abandoned(this.#startedAt);
      this.#slot.end('other');
    }
  }

  /**
   * The call is over, or what its step may spend: `isLate`. A target that had not answered by then, after long enough, is not well;
   * a call that gives itself little time says nothing of it to others.
   */
  #over(isLate: boolean): void {
    const silentMs = this.#answered ? 0 : this.#asking.clock.now() - this.#startedAt;
    if (!isLate || silentMs < SILENT_MS) return this[Symbol.dispose]();
    if (!this.#settle('DEADLINE_EXCEEDED')) return;
    this.target.health.failed(this.#asking.clock.now(), this.#startedAt);
    this.#slot.end('overload');
  }

  #judge({ error, overload = false, unhealthy = false }: Failure): void {
    const { health } = this.target;
    const now = this.#asking.clock.now();
    if (unhealthy) health.failed(now, this.#startedAt);
    else health.abandoned(this.#startedAt);
    if (error.retryAfterMs !== undefined) health.cool(now, error.retryAfterMs);
    this.#slot.end(overload ? 'overload' : 'other');
  }

  #settle(outcome: string): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#end.abort(new Error('the attempt is over'));
    this.#end[Symbol.dispose]();
    this.#asking.metrics.attempt(this.target, outcome);
    return true;
  }
}
