/** Lets nobody through before `size` have arrived: proof that as many are in flight together. */
export class Barrier {
  readonly #size: number;
  #arrived = 0;
  readonly #open: Promise<void>;
  #release: () => void = () => {};

  constructor(size: number) {
    this.#size = size;
    this.#open = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  /** How many have arrived so far. */
  get arrived(): number {
    return this.#arrived;
  }

  /** Arrives and waits for the others; rejects when `signal` aborts first. */
  async wait(signal?: AbortSignal): Promise<void> {
    this.#arrived += 1;
    if (this.#arrived >= this.#size) this.#release();
    if (!signal) return this.#open;
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    return Promise.race([this.#open, aborted]);
  }
}

/** A promise that is settled from outside. */
export interface Gate<T = void> {
  promise: Promise<T>;
  open(value: T): void;
}

export function gate<T = void>(): Gate<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { promise, open: resolve };
}
