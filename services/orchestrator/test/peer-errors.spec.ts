import { expect, it } from '@jest/globals';
import { RemoteError, status } from '@exempla/rpc';
import { readFailure } from '../src/adapters/peer-errors.ts';

it.each([
  [status.RESOURCE_EXHAUSTED, 'BUDGET_EXHAUSTED', 'BUDGET_EXHAUSTED'],
  [status.RESOURCE_EXHAUSTED, 'ENGINE_BUSY', 'RESOURCE_EXHAUSTED'],
  [status.UNAVAILABLE, '', 'UNAVAILABLE'],
])('a part that failed with %d %s is missing for %s', (code, reason, named) => {
  const error = new RemoteError('exempla.audio.v1.SpeechService/Synthesize', code, 'at 10.0.0.1', { reason });
  expect(readFailure(error).reason).toBe(named);
  expect(readFailure(error).message).not.toContain('10.0.0.1');
});
