import { setImmediate as turn } from 'node:timers/promises';

/** How reports that wait for their reader are kept few. */
export interface Waiting<R> {
  /** Both as one, where the reader loses nothing by it. */
  readonly join: (last: R, next: R) => R | undefined;
  /** What a report counts for; from `most` on whoever reports is asked to wait. */
  readonly sizeOf: (item: R) => number;
  readonly most: number;
}

type Report<R> = (item: R) => Promise<void> | void;

/** Few and small, as the parts of an answer are: simply kept. */
const ALL = { join: () => undefined, sizeOf: () => 0, most: Infinity };

/**
 * What `work` reports while it runs, as an async iterable that ends with its result. A report that waits for room resolves
 * when the reader has made some, or has left; the work itself ends by its own signal.
 */
export async function* reportsThenResult<R, T>(
  work: (report: Report<R>) => Promise<T>,
  waiting: Waiting<R> = ALL,
): AsyncGenerator<R, T> {
  const line = new Line(waiting);
  const result = work((item) => line.put(item)).finally(() => line.close());
  // The loop below awaits the result last; until then a rejection is not unhandled.
  result.catch(() => {});
  try {
    for (let next = await line.take(); next !== undefined; next = await line.take()) yield next;
  } finally {
    line.leave();
  }
  return await result;
}

/** Reports between who makes and who reads them. */
class Line<R> {
  readonly #waiting: Waiting<R>;
  readonly #items: R[] = [];
  #size = 0;
  #isClosed = false;
  #isLeft = false;
  #arrival = Promise.withResolvers<void>();
  #room: PromiseWithResolvers<void> | undefined;

  constructor(waiting: Waiting<R>) {
    this.#waiting = waiting;
  }

  put(item: R): Promise<void> | undefined {
    if (this.#isLeft) return undefined;
    const last = this.#items.at(-1);
    const joined = last === undefined ? undefined : this.#waiting.join(last, item);
    if (joined === undefined) this.#items.push(item);
    else this.#items[this.#items.length - 1] = joined;
    this.#size += this.#waiting.sizeOf(item);
    this.#arrival.resolve();
    if (this.#size < this.#waiting.most) return undefined;
    this.#room ??= Promise.withResolvers();
    return this.#room.promise;
  }

  /** Undefined when nothing more comes. */
  async take(): Promise<R | undefined> {
    while (this.#items.length === 0 && !this.#isClosed) {
      await this.#arrival.promise;
      // What comes in one turn of the loop is read together: the busier the process, the fewer messages.
      await turn();
      this.#arrival = Promise.withResolvers();
    }
    const next = this.#items.shift();
    if (next !== undefined) this.#size -= this.#waiting.sizeOf(next);
    if (this.#size < this.#waiting.most) this.#giveRoom();
    return next;
  }

  close(): void {
    this.#isClosed = true;
    this.#arrival.resolve();
  }

  leave(): void {
    this.#isLeft = true;
    this.#giveRoom();
  }

  #giveRoom(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }
}

/** Each item of `source` mapped; returns what `source` returns. */
export async function* mapped<A, B, R>(source: AsyncGenerator<A, R>, map: (item: A) => B): AsyncGenerator<B, R> {
  try {
    for (;;) {
      const next = await source.next();
      if (next.done) return next.value;
      yield map(next.value);
    }
  } finally {
    // Whoever leaves in the middle leaves the source too.
    await source.return(undefined as R);
  }
}
