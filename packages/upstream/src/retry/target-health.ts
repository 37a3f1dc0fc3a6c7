export interface HealthOptions {
  /** Failures in a row after which a target is left alone. */
  readonly failures: number;
  /** For how long at first, milliseconds; twice as long each further time, up to `maxOpenMs`. */
  readonly openMs: number;
  readonly maxOpenMs: number;
  /** A target that asks to be left alone for longer is asked again after this, milliseconds. */
  readonly maxCoolMs: number;
}

export const HEALTH: HealthOptions = { failures: 5, openMs: 5_000, maxOpenMs: 60_000, maxCoolMs: 60_000 };

/** Whether a target is worth asking: a circuit breaker, and what it said itself of when to come back. */
export class TargetHealth {
  readonly #options: HealthOptions;
  #failures = 0;
  #openUntil = 0;
  #openMs = 0;
  #coolUntil = 0;
  /** What it asked for was longer than anybody waits. */
  #coolsTooLong = false;
  /** When the call began that is being tried. */
  #trialAt: number | undefined;
  #openedAt = -Infinity;

  constructor(options: HealthOptions = HEALTH) {
    this.#options = options;
  }

  /** Milliseconds until it may be asked; 0 for now. */
  blockedMs(now: number): number {
    const trial = this.#isOnTrial ? now + this.#options.openMs : 0;
    return Math.max(0, Math.max(this.#openUntil, this.#coolUntil, trial) - now);
  }

  /** Nobody can say when it answers again: it fails, or keeps away for long. One that names a short time is as good as its word. */
  isOut(now: number): boolean {
    return now < this.#openUntil || this.#isOnTrial || (this.#coolsTooLong && now < this.#coolUntil);
  }

  get #isOnTrial(): boolean {
    return this.#openMs > 0 && this.#trialAt !== undefined;
  }

  /** An attempt begins; of a target that was left alone only one, to see. */
  begin(now: number): void {
    if (this.#openMs > 0) this.#trialAt = now;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openMs = 0;
    this.#openUntil = 0;
    this.#trialAt = undefined;
  }

  /** @param startedAt when the attempt began: those that were under way when it was given up tell nothing new */
  failed(now: number, startedAt = now): void {
    this.abandoned(startedAt);
    if (startedAt < this.#openedAt) return;
    this.#failures += 1;
    if (this.#failures < this.#options.failures || now < this.#openUntil) return;
    this.#openMs = Math.min(this.#options.maxOpenMs, this.#openMs * 2 || this.#options.openMs);
    this.#openUntil = now + this.#openMs;
    this.#openedAt = now;
  }

  /** The attempt that began then says nothing of the target. */
  abandoned(startedAt: number): void {
    if (this.#trialAt === startedAt) this.#trialAt = undefined;
  }

  /** It asked to be left alone for `ms`. */
  cool(now: number, ms: number): void {
    const until = now + Math.min(ms, this.#options.maxCoolMs);
    if (until < this.#coolUntil) return;
    this.#coolUntil = until;
    this.#coolsTooLong = ms > this.#options.maxCoolMs;
  }
}
