/** Hands out a fixed number of permits, first come first served; a wait can be given up. */
export class Permits {
  readonly max: number;
  #inUse = 0;
  /** In order of arrival. */
  readonly #waiting = new Set<() => void>();

  constructor(max: number) {
    this.max = max;
  }

  get inUse(): number {
    return this.#inUse;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  /** False when `waitMs` went by without one; rejects with the signal's reason when it fires first. */
  acquire(signal: AbortSignal, waitMs: number): Promise<boolean> {
    signal.throwIfAborted();
    if (this.#inUse < this.max) {
      this.#inUse += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#waiting.delete(granted);
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      };
      const granted = (): void => {
        leave();
        resolve(true);
      };
      const onAbort = (): void => {
        leave();
        reject(signal.reason as Error);
      };
      const timer = setTimeout(() => {
        leave();
        resolve(false);
      }, waitMs);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.add(granted);
    });
  }

  /** The permit goes to the one who has waited longest. */
  release(): void {
    const [next] = this.#waiting;
    if (next === undefined) this.#inUse -= 1;
    else next();
  }
}
