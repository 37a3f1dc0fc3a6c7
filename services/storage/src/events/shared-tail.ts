import type { EventTail } from './event-tail.ts';

/** One tail for all who watch, there as long as somebody does. */
export class SharedTail {
  readonly #start: () => Promise<EventTail>;
  #tail: Promise<EventTail> | undefined;
  #watchers = 0;
  #ending: Promise<void> = Promise.resolve();

  constructor(start: () => Promise<EventTail>) {
    this.#start = start;
  }

  get watchers(): number {
    return this.#watchers;
  }

  /** Lends the tail to `watch` for as long as it runs. */
  async *lend<T>(watch: (tail: EventTail) => AsyncGenerator<T, void>): AsyncGenerator<T, void> {
    this.#watchers += 1;
    try {
      this.#tail ??= this.#start();
      yield* watch(await this.#tail);
    } finally {
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#end();
    }
  }

  /** Resolves when nothing is left of it; those who watch must have gone before. */
  stopped(): Promise<void> {
    return this.#ending;
  }

  #end(): void {
    const tail = this.#tail;
    this.#tail = undefined;
    const before = this.#ending;
    this.#ending = (async () => {
      await before;
      // One that did not start has told its watchers so.
      const started = await tail?.catch(() => undefined);
      await started?.stop();
    })();
  }
}
