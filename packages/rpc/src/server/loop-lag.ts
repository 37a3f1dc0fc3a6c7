import type { Histogram } from '@exempla/telemetry';

/** A loop that turns later than this is late. */
export const LAG_LIMIT_MS = 200;
/** So many late turns one after the other are no accident: a single long computation is over when it is seen. */
const SUSTAINED_TURNS = 2;
const TURN_MS = 100;

/** How late the event loop turns. A loop whose turns are late one after the other has more to do than it can. */
export class LoopLag {
  #lateTurns = 0;
  #lagMs = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #histogram: Histogram | undefined;

  /** Every turn is counted in `histogram`, in seconds. */
  constructor(histogram?: Histogram) {
    this.#histogram = histogram;
  }

  /** Whether the last turns were all late. */
  get sustained(): boolean {
    return this.#lateTurns >= SUSTAINED_TURNS;
  }

  /** How late the last turn was. */
  get lagMs(): number {
    return this.#lagMs;
  }

  /** One turn that came `lagMs` late. */
  record(lagMs: number): void {
    this.#lagMs = lagMs;
    this.#histogram?.record(Math.max(0, lagMs) / 1_000);
    this.#lateTurns = lagMs > LAG_LIMIT_MS ? this.#lateTurns + 1 : 0;
  }

  /** Measures until `stop`, and says so after each turn. Does not keep the process alive. */
  start(turned: () => void): void {
    let last = performance.now();
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.record(now - last - TURN_MS);
      last = now;
      turned();
    }, TURN_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#lateTurns = 0;
  }
}
