import type { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';

/** Waits that end with the signal's reason once it aborts; one at a time. */
export interface AbortableWait {
  until<T>(promise: Promise<T>): Promise<T>;
  dispose(): void;
}

/**
 * One listener for all the waits of a loop. A race against a promise that lives as long as a stream would leave a
 * reaction on it with every message (https://github.com/nodejs/node/issues/17469).
 */
export function abortable(signal: AbortSignal): AbortableWait {
  let end: ((reason: unknown) => void) | undefined;
  const listener = (): void => end?.(signal.reason);
  signal.addEventListener('abort', listener, { once: true });
  return {
    until: <T>(promise: Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        end = reject;
        if (signal.aborted) listener();
        promise.then(resolve, reject);
      }),
    dispose: () => signal.removeEventListener('abort', listener),
  };
}

/** Settles as `promise` does, or rejects with the signal's reason as soon as it aborts. */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const wait = abortable(signal);
  try {
    return await wait.until(promise);
  } finally {
    wait.dispose();
  }
}

/** Sinks count the messages they hold, not the bytes: one this large is let out before the next is asked for. */
const LARGE_BYTES = 128 * 1024;
/**
 * After so many items everybody else has a turn. The sink of a client has room, without a turn of the loop, until a mebibyte is
 * kept for retries: of small messages that is a second in which no timer fires and nobody can cancel.
 */
const ITEMS_A_TURN = 512;

/**
 * Writes every item to `sink` at the sink's pace: the next item is asked for only when the sink has room. On abort or
 * error the source is told to stop (`return`), without waiting for it.
 */
export async function pump<T>(
  source: AsyncIterable<T>,
  sink: Writable,
  signal: AbortSignal,
  encode: (item: T) => unknown = (item) => item,
): Promise<void> {
  const iterator = source[Symbol.asyncIterator]();
  const wait = abortable(signal);
  let finished = false;
  try {
    for (let items = 1; ; items += 1) {
      if (items % ITEMS_A_TURN === 0) await wait.until(turn());
      const next = await wait.until(iterator.next());
      if (next.done) {
        finished = true;
        return;
      }
      const item = encode(next.value);
      if (item instanceof Uint8Array && item.length >= LARGE_BYTES) await wait.until(written(sink, item));
      else if (!sink.write(item)) await wait.until(drained(sink));
    }
  } finally {
    wait.dispose();
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

function written(sink: Writable, item: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    sink.write(item, (error) => (error ? reject(error) : resolve()));
  });
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
