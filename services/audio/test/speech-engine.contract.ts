import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AudioFormat, Sound, SpeechCall, SpeechEngine } from '../src/speech/index.ts';
import { Mp3Frames } from '../src/speech/mp3-frames.ts';
import { callFor } from './providers.ts';

const TEXT = 'The quick brown fox jumps over the lazy dog.';
/** As people speak; voices may be half as fast or twice. */
const SECONDS = 3;

/** What every engine does that speaks for the service; `open` gives one that can, and what ends it. */
export function speechEngineContract(
  name: string,
  open: () => Promise<{ engine: SpeechEngine; close: () => Promise<void> }>,
): void {
  describe(`the speech engine ${name}`, () => {
    let engine: SpeechEngine;
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ engine, close } = await open());
    });
    afterAll(() => close());

    const speak = async (
      call: SpeechCall,
      changes: { speed?: number; format?: AudioFormat } = {},
    ): Promise<Sound[]> => {
      const [voice] = engine.voices;
      const speaker = engine.open({
        voice: voice!.name,
        format: voice!.formats[0]!,
        speed: 1,
        call,
        patienceMs: Infinity,
        ...changes,
      });
      const sounds: Sound[] = [];
      try {
        for await (const sound of speaker.speak(TEXT)) sounds.push(sound);
      } finally {
        speaker.close();
      }
      return sounds;
    };

    it('has voices of its own, each with languages and formats', () => {
      expect(engine.voices.length).toBeGreaterThan(0);
      for (const voice of engine.voices) {
        expect(voice.engine).toBe(engine.name);
        expect([voice.languages.length, voice.formats.length]).not.toContain(0);
      }
    });

    it('makes samples of the rate its voice names, as long as people speak', async () => {
      if (!engine.voices[0]!.formats.includes('wav')) throw new Error('has no WAV');
      const sounds = await speak(callFor(20_000), { format: 'wav' });
      const samples = sounds.reduce((sum, sound) => sum + (sound.type === 'pcm' ? sound.samples.length : NaN), 0);
      const rates = new Set(sounds.map((sound) => (sound.type === 'pcm' ? sound.sampleRateHz : 0)));
      expect([...rates]).toEqual([engine.voices[0]!.sampleRateHz]);
      const seconds = samples / engine.voices[0]!.sampleRateHz;
      expect(seconds / SECONDS).toBeGreaterThan(0.1);
      expect(seconds / SECONDS).toBeLessThan(2);
    });

    it('makes whole frames where it makes MP3', async () => {
      for (const { formats } of engine.voices.slice(0, 1)) {
        const wanted = formats.includes('mp3') ? 'mp3' : 'wav';
        const sounds = await speak(callFor(20_000), { format: wanted });
        const frames = new Mp3Frames();
        for (const sound of sounds) if (sound.type === 'mp3') frames.push(sound.bytes);
        frames.end();
        expect(frames.seconds > 0).toBe(wanted === 'mp3');
      }
    });

    it('keeps sentences and paragraphs apart in what it can say', () => {
      expect(engine.sayable('One. Two.\n\nThree.')).toBe('One. Two.\n\nThree.');
    });

    it('ends with the reason of a caller who left', async () => {
      const gone = new Error('gone');
      await expect(speak(callFor(20_000, AbortSignal.abort(gone)))).rejects.toBe(gone);
    });

    it('speaks for the next after one who left in the middle', async () => {
      const caller = new AbortController();
      const first = speak(callFor(20_000, caller.signal));
      setImmediate(() => caller.abort(new Error('gone')));
      await expect(first).rejects.toThrow('gone');
      expect((await speak(callFor(20_000))).length).toBeGreaterThan(0);
    });
  });
}
