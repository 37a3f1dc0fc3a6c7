import type { Call } from './object.ts';

/** A call of our own for the tenant: for what has to be done whether or not the caller is still there. */
export function callAside(tenant: string, budgetMs: number): Call {
  const end = performance.now() + budgetMs;
  return { tenant, signal: AbortSignal.timeout(budgetMs), deadline: { remainingMs: () => end - performance.now() } };
}
