import { httpOf, PAYMENT_REQUIRED, type Problem, type ProblemSource } from './problem.ts';
import { type RemoteError, status, type StatusError } from '@exempla/rpc';

/**
 * What costs money ends in two ways that gRPC calls the same. The budget of the caller has no room: 402, with the budget. Our
 * account at the provider has none: that is our fault and not the caller's, 503.
 */
export function refined({ reason, metadata }: StatusError | RemoteError, source: ProblemSource): ProblemSource {
  if (source.code !== status.RESOURCE_EXHAUSTED) return source;
  if (reason === 'BUDGET_EXHAUSTED') {
    const detail = 'the budget has no room for what this can cost';
    return { ...source, detail, http: PAYMENT_REQUIRED, budget: budgetIn(metadata) };
  }
  if (OUR_CREDIT.has(reason)) return { ...source, http: httpOf(status.UNAVAILABLE) };
  return source;
}

const OUR_CREDIT: ReadonlySet<string> = new Set(['TEXT_CREDIT_EXHAUSTED', 'PROVIDER_CREDIT_EXHAUSTED']);

const budgetIn = (metadata: Readonly<Record<string, string>>): Problem['budget'] => ({
  limit_micros: Number(metadata['limit_micros']),
  spent_micros: Number(metadata['spent_micros']),
  reserved_micros: Number(metadata['reserved_micros']),
  reset_time: metadata['reset_time'] ?? '',
});
