import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Mp3Frames } from '../src/speech/mp3-frames.ts';
import { tone } from './mp3.ts';
import { callFor, openProvider, optionsOf, speakWith } from './providers.ts';

/** Voices from an implementation of OpenAI's API that is not ours. */
export function secondImplementationContract(): void {
  describe('an implementation of the OpenAI API that is not ours', () => {
    const upstream = new LLMock({ port: 0, host: '127.0.0.1' });
    beforeAll(async () => {
      const audio = Buffer.from(await tone('tone-440-24k')).toString('base64');
      upstream.onSpeech(/fox/, { audio, format: 'mp3' });
      await upstream.start();
    });
    afterAll(() => upstream.stop());

    it('speaks', async () => {
      await using providers = await openProvider('openai', { origin: upstream.url });
      const options = optionsOf(callFor(5_000), { format: 'mp3' });
      const { sounds, error } = await speakWith(providers.engines[0]!, 'A small fox.', options);
      expect(error).toBeUndefined();
      const frames = new Mp3Frames();
      for (const sound of sounds) if (sound.type === 'mp3') frames.push(sound.bytes);
      frames.end();
      expect(frames.seconds).toBeCloseTo(1.05, 1);
    });

    it('refuses', async () => {
      await using providers = await openProvider('openai', { origin: upstream.url });
      const { error } = await speakWith(providers.engines[0]!, 'What it does not know.', optionsOf(callFor(5_000)));
      expect(error).toMatchObject({ reason: 'PROVIDER_VOICE_UNKNOWN', metadata: { status: '404' } });
    });
  });
}
