/** How a call ended, as far as it tells of the upstream's load. */
export type Outcome =
  /** Answered. */
  | 'ok'
  /** Turned away for lack of capacity, or not answered in time. */
  | 'overload'
  /** Says nothing of load: the caller left, or the request was wrong. */
  | 'other';

/** How long it took until a call was answered. Calls of one `key` should take equally long while the upstream is at ease. */
export interface Latency {
  readonly key: string;
  readonly ms: number;
}

export interface LimitOptions {
  /** In flight at the beginning. */
  readonly initial: number;
  /** In flight at most, ever. */
  readonly max: number;
}

const CUT = 0.7;
const LATENCY_CUT = 0.9;
/** So many times the usual latency is growing latency; a usual one of less than so many milliseconds counts as that. */
const SLOW = 2;
const LEAST_USUAL_MS = 500;
const RECOVERY_PER_SECOND = 0.05;
/** Without use for so long the clock alone tells how far it has recovered. */
const QUIET_S = 2;
/** Of the smoothed values, for a new one. */
const WEIGHT = 0.2;
/** By which the usual latency follows a longer one, and a shorter one. */
const USUAL_WEIGHT = { longer: 0.02, shorter: 0.1 };
const MAX_SPACING_MS = 10_000;
/** How long a call is taken to last before one was seen. */
const FIRST_HOLD_MS = 1_000;
const MAX_KEYS = 256;

/**
 * How many calls an upstream takes at once, learnt from how they end. It doubles with each round trip until the first sign
 * of overload; from then on it falls by a third with each, and recovers by a twentieth a second: while it is used, and up to where
 * it began in any case.
 *
 * The limit has fractions, and starts are spaced by them: 1.5 in flight at 300 ms each are 5 calls a second, which neither 1
 * nor 2 would hold. Times are milliseconds of any clock and are handed in; nothing in here waits.
 */
export class AdaptiveLimit {
  readonly #max: number;
  readonly #initial: number;
  #limit: number;
  #doubling = true;
  #inFlight = 0;
  #holdMs: number | undefined;
  #slowness = 1;
  #lastStartAt = -Infinity;
  #lastCutAt = -Infinity;
  #grownAt = -Infinity;
  readonly #usual = new Map<string, number>();

  constructor({ initial, max }: LimitOptions) {
    this.#max = max;
    this.#initial = Math.min(initial, max);
    this.#limit = this.#initial;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get limit(): number {
    return this.#limit;
  }

  /** Milliseconds until one more may start: 0 for now, Infinity when another has to end first. */
  waitMs(now: number): number {
    this.#recover(now);
    if (this.#inFlight >= Math.ceil(this.#limit)) return Infinity;
    return this.#doubling ? 0 : Math.max(0, this.#lastStartAt + this.#spacingMs() - now);
  }

  started(now: number): void {
    this.#inFlight += 1;
    this.#lastStartAt = now;
  }

  /** The call that started then is being answered: with its first word, or as a whole. */
  answered(startedAt: number, { key, ms }: Latency, now: number): void {
    if (!this.#isSlow(key, ms)) this.#grow(this.#inFlight >= this.#limit / 2, now);
    else if (startedAt >= this.#lastCutAt) this.#fall(Math.max(1, this.#limit * LATENCY_CUT), startedAt, now);
  }

  ended(startedAt: number, outcome: Outcome, now: number): void {
    this.#inFlight -= 1;
    if (outcome === 'ok') this.#holdMs = smooth(this.#holdMs, now - startedAt);
    if (outcome === 'overload') this.#overloaded(startedAt, now);
  }

  #grow(used: boolean, now: number): void {
    if (!used) return;
    const seconds = Math.min(1, (now - this.#grownAt) / 1_000);
    this.#grownAt = now;
    const grown = this.#doubling ? this.#limit + 1 : this.#limit * (1 + RECOVERY_PER_SECOND * seconds);
    this.#limit = Math.min(this.#max, grown);
  }

  /** A refusal of some time ago says nothing of now, also where hardly anybody called since. */
  #recover(now: number): void {
    const seconds = (now - this.#grownAt) / 1_000;
    if (this.#doubling || this.#limit >= this.#initial || seconds < QUIET_S) return;
    this.#limit = Math.min(this.#initial, this.#limit * (1 + RECOVERY_PER_SECOND) ** seconds);
    this.#grownAt = now;
  }

  /** What it holds without the refused call is the most it takes. Calls that started before a fall say nothing new. */
  #overloaded(startedAt: number, now: number): void {
    const cut = startedAt >= this.#lastCutAt ? this.#limit * CUT : this.#limit;
    // A call that was alone says nothing of how many there may be beside it.
    const held = this.#inFlight || this.#limit / 2;
    this.#fall(Math.min(cut, Math.max(1, held)), startedAt, now);
    this.#lastStartAt = now;
  }

  #fall(limit: number, startedAt: number, now: number): void {
    this.#doubling = false;
    this.#limit = Math.min(this.#limit, Math.max(limit, this.#hold() / MAX_SPACING_MS));
    this.#grownAt = now;
    this.#slowness = 1;
    if (startedAt >= this.#lastCutAt) this.#lastCutAt = now;
  }

  #isSlow(key: string, ms: number): boolean {
    const usual = this.#usual.get(key) ?? ms;
    if (this.#usual.size >= MAX_KEYS) this.#usual.clear();
    this.#usual.set(key, usual + (ms - usual) * (ms > usual ? USUAL_WEIGHT.longer : USUAL_WEIGHT.shorter));
    this.#slowness = smooth(this.#slowness, ms / Math.max(LEAST_USUAL_MS, usual));
    return this.#slowness > SLOW;
  }

  #hold(): number {
    return this.#holdMs ?? FIRST_HOLD_MS;
  }

  #spacingMs(): number {
    return Math.min(MAX_SPACING_MS, this.#hold() / this.#limit);
  }
}

const smooth = (old: number | undefined, value: number): number =>
  old === undefined ? value : old + (value - old) * WEIGHT;
