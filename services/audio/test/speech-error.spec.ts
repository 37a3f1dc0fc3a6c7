import { describe, expect, it } from '@jest/globals';
import { SpeechError } from '../src/speech/speech-error.ts';

describe('why speech was not made', () => {
  it.each(['PROVIDER_UNAVAILABLE', 'PROVIDER_TIMEOUT', 'SOUND_UNUSABLE'] as const)(
    '%s: what a provider was asked for in vain is not asked for again by those on the way',
    (reason) => expect(new SpeechError(reason, 'said').isFinal).toBe(true),
  );

  it.each(['ENGINE_BUSY', 'ENGINE_FAILED'] as const)('%s: nothing was paid', (reason) => {
    expect(new SpeechError(reason, 'said').isFinal).toBe(false);
  });
});
