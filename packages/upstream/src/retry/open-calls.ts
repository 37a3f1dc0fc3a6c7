/** The calls under way, and how all of them end. */
export class OpenCalls {
  /** What a call is called in the error of its deadline, such as `the generation of text`. */
  readonly what: string;
  readonly #closing = new AbortController();
  readonly #calls = new Set<object>();
  #idle: (() => void) | undefined;

  constructor(what: string) {
    this.what = what;
  }

  /** Aborts with the reason of closing. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Throws the reason when all is closed. */
  began(call: object): void {
    this.closing.throwIfAborted();
    this.#calls.add(call);
  }

  ended(call: object): void {
    this.#calls.delete(call);
    if (this.#calls.size === 0) this.#idle?.();
  }

  /** Calls under way end with `reason`; resolves when all have. */
  async close(reason: Error): Promise<void> {
    if (!this.closing.aborted) this.#closing.abort(reason);
    if (this.#calls.size > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
  }
}
