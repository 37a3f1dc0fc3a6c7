import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EspeakEngine } from '../../src/adapters/espeak-engine.ts';
import { callOf } from '../calls.ts';

const PROGRAM = process.env['EXEMPLA_AUDIO_ESPEAK'] || 'espeak-ng';
const missing = await promisify(execFile)(PROGRAM, ['--version']).then(
  () => undefined,
  (error: Error) => error.message,
);
if (missing !== undefined)
  console.warn(`The real espeak-ng is not tried: apt-get install espeak-ng puts it there.\n${missing}`);

(missing === undefined ? describe : describe.skip)('the real espeak-ng', () => {
  let engine: EspeakEngine;
  beforeAll(async () => {
    engine = await EspeakEngine.start(
      { program: PROGRAM, path: process.env['PATH'] ?? '' },
      { workers: 2, maxWaiting: 8 },
    );
  });
  afterAll(() => engine.close());

  async function secondsOf(voice: string, text: string, speed = 1): Promise<number> {
    const speaker = engine.open({ voice, speed, call: callOf(), format: 'wav', patienceMs: 60_000 });
    let seconds = 0;
    for await (const sound of speaker.speak(text))
      if (sound.type === 'pcm') seconds += sound.samples.length / sound.sampleRateHz;
    return seconds;
  }

  it('speaks many languages', async () => {
    expect(engine.voices.length).toBeGreaterThan(80);
    const languages = new Set(engine.voices.flatMap((voice) => voice.languages));
    for (const language of ['nl', 'ru', 'de', 'fr', 'es', 'tr', 'zh', 'en-GB', 'en-US'])
      expect(languages).toContain(language);
  });

  it.each([
    ['espeak-nl', 'Een rivier is een stroom van water, die naar zee gaat.'],
    ['espeak-ru', 'Река течёт в море.'],
    ['espeak-en-gb', 'A river flows to the sea.'],
  ])('%s says a sentence', async (voice, text) => {
    expect(await secondsOf(voice, text)).toBeGreaterThan(1);
  });

  it('speaks faster when asked to', async () => {
    const text = 'Een rivier is een stroom van water, die naar zee gaat.';
    expect(await secondsOf('espeak-nl', text, 2)).toBeLessThan(0.7 * (await secondsOf('espeak-nl', text)));
  });

  it('reads what looks like an option, and no phonemes', async () => {
    expect(await secondsOf('espeak-en-gb', '--voices -w /tmp/x')).toBeGreaterThan(1);
    const phonemes = engine.sayable("one [[h@l'oU]] two");
    expect(await secondsOf('espeak-en-gb', phonemes)).toBeGreaterThan(1);
  });
});
