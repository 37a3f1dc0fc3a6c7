import { status, StatusError } from '@exempla/rpc';
import { isOutage } from '@exempla/text';
import type { ProviderFailure } from '../examples/index.ts';

/** What an error of a model means. An error that nobody foresaw is told without its words. */
export function modelFailure(error: unknown): ProviderFailure {
  if (!(error instanceof StatusError)) return { reason: 'KIND_FAILED', timedOut: false, outage: false };
  const timedOut = error.code === status.DEADLINE_EXCEEDED;
  return { reason: error.reason, timedOut, outage: isOutage(error) };
}
