import type { DatabaseWork } from './postgres-pool.ts';

/**
 * Work of the service's own, that no caller ends. What takes longer than it may is a database that did not answer, as for
 * everybody else: a signal would end it too, with an error that nobody knows.
 */
export function ownWork(timeoutMs: number): DatabaseWork {
  const end = performance.now() + timeoutMs;
  return { signal: new AbortController().signal, deadline: { remainingMs: () => end - performance.now() } };
}
