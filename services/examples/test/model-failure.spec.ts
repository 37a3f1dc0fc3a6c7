import { expect, it } from '@jest/globals';
import { callerCancelled, deadlineExceeded, status, StatusError } from '@exempla/rpc';
import { TEXT_REASONS, TextError, type TextReason } from '@exempla/text';
import { modelFailure } from '../src/adapters/model-failure.ts';

/** Where it is the request, the configuration or the model's own will: another provider would only hide it. */
const TOLD: readonly TextReason[] = [
  'TEXT_MODEL_UNKNOWN',
  'TEXT_REQUEST_REJECTED',
  'TEXT_SCHEMA_VIOLATED',
  'TEXT_REFUSED',
  'TEXT_CLOSED',
];

it.each(Object.keys(TEXT_REASONS) as TextReason[])('%s: whether another provider may stand in', (reason) => {
  const failure = modelFailure(new TextError(reason, 'why'));
  expect(failure).toEqual({ reason, timedOut: reason === 'TEXT_TIMEOUT', outage: !TOLD.includes(reason) });
});

it.each([
  ['a budget without room', new StatusError(status.RESOURCE_EXHAUSTED, 'BUDGET_EXHAUSTED', 'no room'), false],
  ['a caller that has gone', callerCancelled(), false],
  ['a deadline', deadlineExceeded('the call'), true],
  ['a fault of the code', new TypeError('undefined is not a function'), false],
])('%s: an outage %s', (_, error, outage) => {
  expect(modelFailure(error).outage).toBe(outage);
});

it('of a fault of the code nothing is told', () => {
  expect(modelFailure(new TypeError('secret')).reason).toBe('KIND_FAILED');
});
