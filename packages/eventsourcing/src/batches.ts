import { setImmediate as turnOfTheLoop } from 'node:timers/promises';

/** What comes at once is handed on together, at most `size`; what comes alone is not kept waiting. */
export async function* batches<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  const iterator = source[Symbol.asyncIterator]();
  const pull = (): Promise<IteratorResult<T>> => {
    const pulled = iterator.next();
    // It may fail while the batch before it is worked on; then it is awaited later.
    pulled.catch(() => {});
    return pulled;
  };
  let next = pull();
  let hasEnded = false;
  try {
    while (!hasEnded) {
      let result: IteratorResult<T> | undefined = await next;
      const batch: T[] = [];
      while (result !== undefined && !result.done) {
        batch.push(result.value);
        next = pull();
        result = batch.length < size ? await Promise.race([next, turnOfTheLoop(undefined)]) : undefined;
      }
      hasEnded = result?.done === true;
      if (batch.length > 0) yield batch;
    }
  } finally {
    // Not awaited: a generator that waits for its source returns only when that source's call is aborted.
    if (!hasEnded) iterator.return?.().catch(() => {});
  }
}
