import { describe, expect, it } from '@jest/globals';
import {
  SpeechError,
  synthesizeSpeech,
  VoiceRegistry,
  type SpeechHeader,
  type SpeechRequest,
} from '../src/speech/index.ts';
import { BeepingEngine, voice } from './beeping-engine.ts';
import { callOf } from './calls.ts';
import { collect } from './collect.ts';

const limits = { maxPieceCharacters: 5_000, maxChunkBytes: 32_768 };
const hello: SpeechRequest = { text: 'Hello there. Good night.', voice: '', language: '', speed: 1 };

class PaidEngine extends BeepingEngine {
  settings = 'model-1';
}

describe('the key of a sound', () => {
  const engine = new PaidEngine([voice('nova', 'en'), voice('alloy', 'en')]);
  const registry = new VoiceRegistry([engine], { defaultVoice: 'nova', fallbackVoices: [] });
  const speak = synthesizeSpeech({ registry, limits });
  const headerOf = async (change: Partial<SpeechRequest> = {}, tenant = 'acme'): Promise<SpeechHeader> => {
    const [first, ...rest] = await collect(speak({ ...hello, ...change, keyFirst: true }, { ...callOf(), tenant }));
    if (first?.type !== 'header') throw new Error('the header is first');
    expect(rest).toEqual([]);
    return first.header;
  };
  const keyOf = async (change?: Partial<SpeechRequest>, tenant?: string): Promise<string> =>
    Buffer.from((await headerOf(change, tenant)).soundKey).toString('hex');

  it('is told before anything is spoken, and is that of what is spoken', async () => {
    const expected = await headerOf();
    expect(engine.begun).toEqual([]);
    expect(expected.soundKey).toHaveLength(32);
    const [first] = await collect(speak(hello, callOf()));
    expect(first).toEqual({ type: 'header', header: expected });
  });

  it('is the same for a text that is spoken the same', async () => {
    expect(await keyOf({ text: '  Hello there.\n Good  night. ' })).toBe(await keyOf());
    expect(await keyOf({ voice: 'nova', language: 'en' })).toBe(await keyOf());
  });

  it.each<[string, Partial<SpeechRequest>]>([
    ['text', { text: 'Hello there. Good day.' }],
    ['pauses', { text: 'Hello there.\n\nGood night.' }],
    ['voice', { voice: 'alloy' }],
    ['speed', { speed: 1.5 }],
  ])('is another for another %s', async (_, change) => {
    expect(await keyOf(change)).not.toBe(await keyOf());
  });

  it('is another for another tenant, and for other settings of the engine', async () => {
    const before = await keyOf();
    expect(await keyOf({}, 'beta')).not.toBe(before);
    engine.settings = 'model-2';
    expect(await keyOf()).not.toBe(before);
    engine.settings = 'model-1';
  });

  it('is empty where the engine has no settings: its sounds are not worth keeping, and made at once', async () => {
    const free = new VoiceRegistry([new BeepingEngine()], { defaultVoice: '', fallbackVoices: [] });
    const parts = await collect(synthesizeSpeech({ registry: free, limits })({ ...hello, keyFirst: true }, callOf()));
    expect(parts[0]).toMatchObject({ type: 'header', header: { soundKey: new Uint8Array() } });
    expect(parts.length).toBeGreaterThan(1);
  });

  it('is told of a voice that would speak in place of one that broke down', async () => {
    const broken = new BeepingEngine([voice('rms', 'en')], 'free');
    broken.beforeSound = () => Promise.reject(new SpeechError('PROVIDER_UNAVAILABLE', 'broken'));
    const both = new VoiceRegistry([broken, engine], { defaultVoice: 'rms', fallbackVoices: [] });
    engine.begun.length = 0;
    const parts = await collect(synthesizeSpeech({ registry: both, limits })({ ...hello, keyFirst: true }, callOf()));
    expect(parts).toMatchObject([
      { header: { voice: 'nova', fallbackReason: expect.stringContaining('PROVIDER_UNAVAILABLE') } },
    ]);
    expect(engine.begun).toEqual([]);
  });

  it('is not told where nothing can be said', async () => {
    const refused = (reason: string) => expect.objectContaining({ reason });
    await expect(headerOf({ text: ' … ' })).rejects.toEqual(refused('TEXT_EMPTY'));
    await expect(headerOf({ voice: 'nobody' })).rejects.toEqual(refused('VOICE_UNKNOWN'));
  });
});
