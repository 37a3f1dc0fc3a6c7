import type { BudgetReason } from '@exempla/budget';
import { status, StatusError } from '@exempla/rpc';
import type { TextReason } from './text-error.ts';

const OUTAGES: ReadonlySet<string> = new Set<TextReason | BudgetReason>([
  'TEXT_CREDIT_EXHAUSTED',
  'TEXT_RATE_LIMITED',
  'TEXT_UPSTREAM_FAILED',
  'TEXT_UPSTREAM_SKIPPED',
  'TEXT_TIMEOUT',
  'TEXT_ANSWER_INCOMPLETE',
  'TEXT_ANSWER_EMPTY',
  'TEXT_ANSWER_MALFORMED',
  'TEXT_ANSWER_TOO_LARGE',
  'TEXT_SCHEMA_VIOLATED',
  // Nobody could be asked whether the model may be paid; whoever stands in costs nothing.
  'BUDGET_UNAVAILABLE',
]);

/**
 * Whether a model could not answer through no fault of caller or configuration, so that a declared stand-in may. Not a key or
 * request that is wrong, which has to be seen to be mended; not a refusal; not a tenant's budget that is spent.
 */
export const isOutage = (error: unknown): error is StatusError =>
  error instanceof StatusError && (error.code === status.DEADLINE_EXCEEDED || OUTAGES.has(error.reason));
