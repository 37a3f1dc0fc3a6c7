import { describe, expect, it } from '@jest/globals';
import { RemoteError, status, StatusError } from '@exempla/rpc';
import { grpcNameOf, httpOf, toProblem } from '../src/http/problem.ts';
import { readError } from '../src/http/read-error.ts';

describe('an error as the edge tells it', () => {
  it.each([
    ['INVALID_ARGUMENT', 400],
    ['FAILED_PRECONDITION', 400],
    ['UNAUTHENTICATED', 401],
    ['PERMISSION_DENIED', 403],
    ['NOT_FOUND', 404],
    ['ALREADY_EXISTS', 409],
    ['ABORTED', 409],
    ['OUT_OF_RANGE', 416],
    ['RESOURCE_EXHAUSTED', 429],
    ['CANCELLED', 499],
    ['INTERNAL', 500],
    ['UNKNOWN', 500],
    ['DATA_LOSS', 500],
    ['UNIMPLEMENTED', 501],
    ['UNAVAILABLE', 503],
    ['DEADLINE_EXCEEDED', 504],
  ] as const)('%s is %d', (code, http) => expect(httpOf(status[code])[0]).toBe(http));

  it('keeps reason, message and when to try again', () => {
    const error = new RemoteError('a.B/C', status.RESOURCE_EXHAUSTED, 'no slot is free', {
      reason: 'ENGINE_BUSY',
      retryAfterMs: 1200,
    });
    expect(toProblem(readError(error))).toMatchObject({
      status: 429,
      code: 'RESOURCE_EXHAUSTED',
      reason: 'ENGINE_BUSY',
      detail: 'no slot is free',
      retry_after: 2,
    });
  });

  it('tells of a budget without room what is spent of it: 402', () => {
    const metadata = {
      limit_micros: '500',
      spent_micros: '480',
      reserved_micros: '20',
      max_micros: '10',
      reset_time: '2026-12-01T00:00:00.000Z',
      method: 'exempla.examples.v1.ExampleService/GenerateExamples',
    };
    // As the second service on the way passes it on.
    const error = new RemoteError('a.B/C', status.RESOURCE_EXHAUSTED, 'exempla.examples.v1 has no capacity left', {
      reason: 'BUDGET_EXHAUSTED',
      metadata,
      retryAfterMs: 3_600_000,
    });
    expect(toProblem(readError(error))).toEqual({
      type: 'about:blank',
      title: 'Payment required',
      status: 402,
      detail: 'the budget has no room for what this can cost',
      code: 'RESOURCE_EXHAUSTED',
      reason: 'BUDGET_EXHAUSTED',
      errors: [],
      budget: { limit_micros: 500, spent_micros: 480, reserved_micros: 20, reset_time: '2026-12-01T00:00:00.000Z' },
      retry_after: 3_600,
    });
    expect(grpcNameOf(402)).toBe('RESOURCE_EXHAUSTED');
  });

  it.each(['TEXT_CREDIT_EXHAUSTED', 'PROVIDER_CREDIT_EXHAUSTED'])(
    'does not ask the caller to pay what our account at the provider lacks: %s is 503',
    (reason) => {
      const error = new RemoteError('a.B/C', status.RESOURCE_EXHAUSTED, 'small has no credit left', { reason });
      expect(toProblem(readError(error))).toMatchObject({ status: 503, reason, code: 'RESOURCE_EXHAUSTED' });
    },
  );

  it('names fields as the body does', () => {
    const violations = [{ field: 'new_child.years', description: 'new_child.years: is too much', rule: 'X' }];
    const error = new RemoteError('a.B/C', status.INVALID_ARGUMENT, 'new_child.years: is too much', {
      reason: 'RECORD_INVALID',
      violations,
    });
    const { detail, errors } = readError(error, () => 'child.age');
    expect({ detail, errors }).toEqual({
      detail: 'child.age: is too much',
      errors: [{ field: 'child.age', message: 'is too much' }],
    });
  });

  it.each([
    ['what nobody knows', new Error('password of the database')],
    ['an INTERNAL of a peer', new RemoteError('a.B/C', status.INTERNAL, 'at 10.0.0.1', { reason: 'INTERNAL' })],
    ['an INTERNAL of ours', new StatusError(status.INTERNAL, 'INTERNAL', 'at 10.0.0.1')],
    ['a bare UNKNOWN', new RemoteError('a.B/C', status.UNKNOWN, 'stack: …')],
    ['no error at all', 'a string'],
  ])('tells nothing of what is inside: %s', (_, error) =>
    expect(readError(error)).toMatchObject({ code: status.INTERNAL, detail: 'internal error' }),
  );

  it('tells no address of a peer that cannot be reached', () => {
    const error = new RemoteError('a.B/C', status.UNAVAILABLE, 'connect ECONNREFUSED 10.0.0.1:50051');
    expect(JSON.stringify(toProblem(readError(error)))).not.toContain('10.0.0.1');
    expect(toProblem(readError(error))).toMatchObject({ status: 503, retry_after: 1 });
  });
});
