import { expect, it } from '@jest/globals';
import { RemoteError, status } from '@exempla/rpc';
import { fromPeer, readFailure } from '../src/adapters/peer-errors.ts';

it.each([
  [status.RESOURCE_EXHAUSTED, 'BUDGET_EXHAUSTED', 'BUDGET_EXHAUSTED'],
  [status.RESOURCE_EXHAUSTED, 'ENGINE_BUSY', 'RESOURCE_EXHAUSTED'],
  [status.UNAVAILABLE, '', 'UNAVAILABLE'],
])('a part that failed with %d %s is missing for %s', (code, reason, named) => {
  const error = new RemoteError('exempla.audio.v1.SpeechService/Synthesize', code, 'at 10.0.0.1', { reason });
  expect(readFailure(error).reason).toBe(named);
  expect(readFailure(error).message).not.toContain('10.0.0.1');
});

it('what a model failed with stays what it is on its way through, and is not repeated', () => {
  const given = {
    reason: 'TEXT_UPSTREAM_FAILED',
    domain: 'text.exempla',
    metadata: { model: 'small' },
    retryAfterMs: 1_500,
  };
  const error = new RemoteError(
    'exempla.examples.v1.ExampleService/DefineTerm',
    status.UNAVAILABLE,
    'no model answers',
    {
      ...given,
      isFinal: true,
    },
  );
  expect(fromPeer(error)).toMatchObject({
    ...given,
    code: status.UNAVAILABLE,
    message: 'no model answers',
    isFinal: true,
  });
});

it.each([
  ['PROVIDER_UNKNOWN', true],
  ['LEXICON_UNAVAILABLE', false],
])('%s of the examples service: in our own words %s', (reason, ours) => {
  const error = new RemoteError('m', status.NOT_FOUND, 'why', { reason, domain: 'examples.exempla' });
  expect(fromPeer(error) === error).toBe(!ours);
});
