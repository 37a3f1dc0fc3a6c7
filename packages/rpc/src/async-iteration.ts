import type { Writable } from 'node:stream';

/** Rejects with the signal's reason once it aborts; `dispose` takes the listener back. */
export function whenAborted(signal: AbortSignal): { promise: Promise<never>; dispose: () => void } {
  let listener: () => void = () => {};
  const promise = new Promise<never>((_, reject) => {
    listener = () => reject(signal.reason as Error);
    if (signal.aborted) listener();
    else signal.addEventListener('abort', listener, { once: true });
  });
  // Nobody may be waiting when the signal aborts; that is no unhandled rejection.
  promise.catch(() => {});
  return { promise, dispose: () => signal.removeEventListener('abort', listener) };
}

/** Settles as `promise` does, or rejects with the signal's reason as soon as it aborts. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = whenAborted(signal);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    aborted.dispose();
  }
}

/**
 * Writes every item to `sink` at the sink's pace: the next item is asked for only when the sink has room. On abort or
 * error the source is told to stop (`return`), without waiting for it.
 */
export async function pump<T>(
  source: AsyncIterable<T>,
  sink: Writable,
  signal: AbortSignal,
  check?: (item: T) => void,
): Promise<void> {
  const iterator = source[Symbol.asyncIterator]();
  const aborted = whenAborted(signal);
  let finished = false;
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted.promise]);
      if (next.done) {
        finished = true;
        return;
      }
      check?.(next.value);
      if (!sink.write(next.value)) await Promise.race([drained(sink), aborted.promise]);
    }
  } finally {
    aborted.dispose();
    if (!finished) void stopSource(iterator);
  }
}

/** A generator that stands at an await stops when that settles; its own failure then has nobody left to tell. */
async function stopSource(iterator: AsyncIterator<unknown>): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // The caller already has the reason why the stream ended.
  }
}

function drained(sink: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null): void => {
      sink.off('drain', settle);
      sink.off('close', closed);
      if (error) reject(error);
      else resolve();
    };
    const closed = (): void => settle(new Error('the stream closed while it was written to'));
    sink.once('drain', settle);
    sink.once('close', closed);
  });
}
