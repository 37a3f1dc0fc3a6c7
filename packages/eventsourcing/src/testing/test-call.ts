import { randomUUID } from 'node:crypto';
import type { Call } from '../event-store.ts';

/** A call of a tenant nobody else uses, unless one is given; it ends after 30 s. */
export function testCall(given: Partial<Call> & { readonly remainingMs?: number } = {}): Call {
  const { tenant = `t-${randomUUID()}`, remainingMs = 30_000 } = given;
  const at = performance.now() + remainingMs;
  return {
    tenant,
    signal: given.signal ?? AbortSignal.timeout(remainingMs),
    deadline: given.deadline ?? { remainingMs: () => at - performance.now() },
  };
}
