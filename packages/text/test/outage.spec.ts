import { BudgetError } from '@exempla/budget';
import { callerCancelled, deadlineExceeded, status, StatusError } from '@exempla/rpc';
import { describe, expect, it } from '@jest/globals';
import { isOutage, TEXT_REASONS, TextError, type TextReason } from '../src/index.ts';

/** Every reason there is has to be judged here. */
const OF_TEXT: Readonly<Record<TextReason, boolean>> = {
  TEXT_KEY_REFUSED: false,
  TEXT_CREDIT_EXHAUSTED: true,
  TEXT_MODEL_UNKNOWN: false,
  TEXT_REQUEST_REJECTED: false,
  TEXT_RATE_LIMITED: true,
  TEXT_UPSTREAM_FAILED: true,
  TEXT_UPSTREAM_SKIPPED: true,
  TEXT_TIMEOUT: true,
  TEXT_ANSWER_INCOMPLETE: true,
  TEXT_ANSWER_EMPTY: true,
  TEXT_ANSWER_MALFORMED: true,
  TEXT_ANSWER_TOO_LARGE: true,
  TEXT_SCHEMA_VIOLATED: true,
  TEXT_REFUSED: false,
  TEXT_CLOSED: false,
};

describe('whether somebody may stand in for a model', () => {
  it.each(Object.keys(TEXT_REASONS) as TextReason[])('after %s', (reason) => {
    expect(isOutage(new TextError(reason, ''))).toBe(OF_TEXT[reason]);
  });

  it.each<[what: string, error: unknown, expected: boolean]>([
    ['a deadline', deadlineExceeded('the text'), true],
    ['a budget that cannot be asked', new BudgetError('BUDGET_UNAVAILABLE', ''), true],
    ['a budget that is spent', new BudgetError('BUDGET_EXHAUSTED', ''), false],
    ['a caller who left', callerCancelled(), false],
    ['a peer that cannot be reached', new StatusError(status.UNAVAILABLE, 'UNAVAILABLE', ''), false],
    ['an error of our own', new TypeError(), false],
  ])('after %s', (_, error, expected) => expect(isOutage(error)).toBe(expected));
});
