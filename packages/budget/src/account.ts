import { randomUUID } from 'node:crypto';
import type { Budget, PaidCall, Usage } from './budget.ts';

/** What of a usage is not counted is none. */
export type Used = Pick<Usage, 'model' | 'costMicros'> & Partial<Usage>;

/** How an account ended. */
export interface Closed {
  readonly id: string;
  readonly usage: readonly Usage[];
}

interface Ports {
  readonly budget: Pick<Budget, 'reserve'>;
  /** The reservation of an attempt that is lost comes back so long after the deadline of its call. */
  readonly graceMs: number;
  /** Called once, and not at all where nothing was asked for or used. */
  readonly onClosed: (closed: Closed) => void;
}

/** The storage service takes no longer ones. */
const MAX_LIFETIME_MS = 3_600_000;

/** What one call spends, over all its attempts. Close it when the call is over, however it ended. */
export class Account implements Disposable {
  readonly #call: PaidCall;
  readonly #ports: Ports;
  readonly #id = randomUUID();
  readonly #usage = new Map<string, Usage>();
  #isAsked = false;
  #isClosed = false;
  #reservedMicros = 0;
  #spentMicros = 0;

  constructor(call: PaidCall, ports: Ports) {
    this.#call = call;
    this.#ports = ports;
  }

  /**
   * Asked before each attempt, with what it can cost at most. An attempt that cost nothing leaves its reservation to the
   * next; for one that was paid for, the reservation is raised.
   */
  readonly spend = async (maxCostMicros: number): Promise<void> => {
    const maxMicros = this.#spentMicros + maxCostMicros;
    if (maxMicros <= this.#reservedMicros) return;
    // From here on there may be a reservation, whatever becomes of the answer.
    this.#isAsked = true;
    const left = Math.max(0, this.#call.deadline.remainingMs()) + this.#ports.graceMs;
    const lifetimeMs = Math.ceil(Math.min(left, MAX_LIFETIME_MS));
    await this.#ports.budget.reserve({ id: this.#id, maxMicros, lifetimeMs }, this.#call);
    this.#reservedMicros = maxMicros;
  };

  /** Told of each answer that is paid for, until the account is closed. */
  used(used: Used): void {
    if (this.#isClosed) throw new Error('used after it was closed: nobody would count it');
    const before = this.#usage.get(used.model);
    const plus = (of: 'answers' | 'inputTokens' | 'outputTokens' | 'characters' | 'costMicros'): number =>
      (before?.[of] ?? 0) + (used[of] ?? 0);
    this.#spentMicros += used.costMicros;
    this.#usage.set(used.model, {
      model: used.model,
      answers: (before?.answers ?? 0) + (used.answers ?? 1),
      inputTokens: plus('inputTokens'),
      outputTokens: plus('outputTokens'),
      characters: plus('characters'),
      costMicros: plus('costMicros'),
      estimated: (before?.estimated ?? false) || (used.estimated ?? false),
    });
  }

  /** What was reserved and not used goes back; nobody has to wait for that. */
  [Symbol.dispose](): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#isAsked || this.#usage.size > 0) this.#ports.onClosed({ id: this.#id, usage: [...this.#usage.values()] });
  }
}
