/**
 * The items of `source`, until the signal fires: then the pending `next` rejects with its reason, whether or not the
 * source notices, and a source that simply ended because its peer left is not taken for a complete one.
 */
export function untilAborted<T>(source: AsyncIterable<T>, signal: AbortSignal): AsyncIterator<T> {
  const items = source[Symbol.asyncIterator]();
  return {
    async next() {
      signal.throwIfAborted();
      const item = await nextOrAbort(items, signal);
      signal.throwIfAborted();
      return item;
    },
    async return() {
      // Not waited for: a source that stands at an await would hold up the one who leaves.
      void Promise.resolve(items.return?.()).catch(() => {});
      return { done: true, value: undefined };
    },
  };
}

/** A listener per item and not one promise for all: that promise would gather a reaction per item until the end. */
function nextOrAbort<T>(items: AsyncIterator<T>, signal: AbortSignal): Promise<IteratorResult<T>> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    const settled = (): void => signal.removeEventListener('abort', onAbort);
    items.next().then(resolve, reject).finally(settled);
  });
}
