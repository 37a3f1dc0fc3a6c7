import type { Clock } from '../clock.ts';
import { AdaptiveLimit, type Latency, type LimitOptions, type Outcome } from './adaptive-limit.ts';
import { FairQueue, type Turn } from './fair-queue.ts';

/** A turn at the upstream; it has to be ended once. */
export interface Slot {
  /** Milliseconds from asking for it until it was given. */
  readonly waitedMs: number;
  /** The upstream answers; this is told once, before the end. */
  answered(latency: Latency): void;
  /** Further calls do nothing. */
  end(outcome: Outcome): void;
}

interface Waiting extends Turn {
  readonly give: () => void;
}

/** One for each upstream, whoever calls and whichever model: they share what it lets through. */
export class UpstreamLimiter {
  readonly #clock: Clock;
  readonly #limit: AdaptiveLimit;
  readonly #queue = new FairQueue<Waiting>();
  readonly #underWay = new Map<string, number>();
  #cancelWake: (() => void) | undefined;

  constructor(clock: Clock, options: LimitOptions) {
    this.#clock = clock;
    this.#limit = new AdaptiveLimit(options);
  }

  get inFlight(): number {
    return this.#limit.inFlight;
  }

  get limit(): number {
    return this.#limit.limit;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Waits for a turn, for as long as `signal` lets it; rejects with the signal's reason. `atOnce`: takes the place of a call
   * that was refused, and goes before all others as long as there is room.
   */
  async acquire(turn: Turn, signal: AbortSignal, { atOnce = false } = {}): Promise<Slot> {
    signal.throwIfAborted();
    const askedAt = this.#clock.now();
    if (atOnce && this.#limit.waitMs(askedAt) < Infinity) return this.#start(turn.tenant, askedAt);
    return new Promise((resolve, reject) => {
      const left = (): void => {
        this.#queue.remove(waiting);
        this.#serve();
        reject(signal.reason as Error);
      };
      const give = (): void => {
        signal.removeEventListener('abort', left);
        resolve(this.#start(turn.tenant, askedAt));
      };
      const waiting: Waiting = { tenant: turn.tenant, priority: turn.priority, give };
      signal.addEventListener('abort', left, { once: true });
      this.#queue.push(waiting);
      this.#serve();
    });
  }

  /** Gives out the turns there are, and comes back when the next one is due. */
  #serve(): void {
    this.#cancelWake?.();
    this.#cancelWake = undefined;
    while (this.#queue.size > 0) {
      const waitMs = this.#limit.waitMs(this.#clock.now());
      if (waitMs > 0) {
        if (waitMs < Infinity) this.#cancelWake = this.#clock.after(waitMs, () => this.#serve());
        return;
      }
      this.#queue.shift((tenant) => this.#underWay.get(tenant) ?? 0)?.give();
    }
  }

  #start(tenant: string, askedAt: number): Slot {
    const startedAt = this.#clock.now();
    this.#limit.started(startedAt);
    this.#count(tenant, 1);
    let ended = false;
    return {
      waitedMs: startedAt - askedAt,
      answered: (latency) => {
        this.#limit.answered(startedAt, latency, this.#clock.now());
        this.#serve();
      },
      end: (outcome) => {
        if (ended) return;
        ended = true;
        this.#count(tenant, -1);
        this.#limit.ended(startedAt, outcome, this.#clock.now());
        this.#serve();
      },
    };
  }

  #count(tenant: string, change: 1 | -1): void {
    const count = (this.#underWay.get(tenant) ?? 0) + change;
    if (count === 0) this.#underWay.delete(tenant);
    else this.#underWay.set(tenant, count);
  }
}
