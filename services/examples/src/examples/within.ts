import { outOfTime } from './example-error.ts';

/** Longest time a timer takes; longer ones would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Settles as the work does, or rejects with OUT_OF_TIME after `ms`, or with the reason of `signal` when that aborts first. The
 * work is told by its own signal either way.
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const over = (reason: Error): void => {
    end.abort(reason);
    reject(reason);
  };
  const left = (): void => over(signal.reason as Error);
  const timer = setTimeout(() => over(outOfTime(ms)), Math.min(Math.max(0, ms), MAX_TIMER_MS));
  signal.addEventListener('abort', left, { once: true });
  if (signal.aborted) left();
  try {
    return await Promise.race([promise, work(end.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', left);
  }
}
