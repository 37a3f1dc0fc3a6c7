/**
 * What `work` reports while it runs, as an async iterable that ends with its result. Reports are few and small (a dozen
 * parts a definition), so those not read yet are simply kept. A reader that leaves ends the iteration; the work itself
 * ends by its own signal.
 */
export async function* reportsThenResult<R, T>(work: (report: (item: R) => void) => Promise<T>): AsyncGenerator<R, T> {
  const waiting: R[] = [];
  let wake = Promise.withResolvers<void>();
  let running = true;
  const result = work((item) => {
    waiting.push(item);
    wake.resolve();
  }).finally(() => {
    running = false;
    wake.resolve();
  });
  // The loop below awaits the result last; until then a rejection is not unhandled.
  result.catch(() => {});
  while (running || waiting.length > 0) {
    const next = waiting.shift();
    if (next !== undefined) yield next;
    else {
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
  }
  return await result;
}

/** Each item of `source` mapped; returns what `source` returns. */
export async function* mapped<A, B, R>(source: AsyncGenerator<A, R>, map: (item: A) => B): AsyncGenerator<B, R> {
  for (;;) {
    const next = await source.next();
    if (next.done) return next.value;
    yield map(next.value);
  }
}
