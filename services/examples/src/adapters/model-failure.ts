import { status, StatusError } from '@exempla/rpc';
import type { TextReason } from '@exempla/text';
import type { ProviderFailure } from '../examples/index.ts';

/** What the upstream is to blame for. Not what the request is, nor a refusal, nor a budget that is spent. */
const OUTAGES: ReadonlySet<string> = new Set<TextReason>([
  'TEXT_KEY_REFUSED',
  'TEXT_CREDIT_EXHAUSTED',
  'TEXT_RATE_LIMITED',
  'TEXT_UPSTREAM_FAILED',
  'TEXT_UPSTREAM_SKIPPED',
  'TEXT_TIMEOUT',
  'TEXT_ANSWER_INCOMPLETE',
  'TEXT_ANSWER_EMPTY',
  'TEXT_ANSWER_MALFORMED',
  'TEXT_ANSWER_TOO_LARGE',
]);

/** What an error of a model means. An error that nobody foresaw is told without its words. */
export function modelFailure(error: unknown): ProviderFailure {
  if (!(error instanceof StatusError)) return { reason: 'KIND_FAILED', timedOut: false, outage: false };
  const timedOut = error.code === status.DEADLINE_EXCEEDED;
  return { reason: error.reason, timedOut, outage: timedOut || OUTAGES.has(error.reason) };
}
