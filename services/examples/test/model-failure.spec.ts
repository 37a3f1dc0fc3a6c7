import { expect, it } from '@jest/globals';
import { callerCancelled, deadlineExceeded, status, StatusError } from '@exempla/rpc';
import { TextError, type TextReason } from '@exempla/text';
import { modelFailure } from '../src/adapters/model-failure.ts';

it.each<[reason: TextReason, outage: boolean]>([
  ['TEXT_UPSTREAM_FAILED', true],
  ['TEXT_TIMEOUT', true],
  ['TEXT_KEY_REFUSED', false],
  ['TEXT_REFUSED', false],
])('%s: whether another provider may stand in', (reason, outage) => {
  const failure = modelFailure(new TextError(reason, 'why'));
  expect(failure).toEqual({ reason, timedOut: reason === 'TEXT_TIMEOUT', outage });
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
