import { describe, expect, it } from '@jest/globals';
import {
  describeSpeech,
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
  const describeIt = describeSpeech({ registry, limits });

  const headerOf = (change: Partial<SpeechRequest> = {}, tenant = 'acme'): SpeechHeader =>
    describeIt({ ...hello, ...change }, tenant);
  const keyOf = (change?: Partial<SpeechRequest>, tenant?: string): string =>
    Buffer.from(headerOf(change, tenant).soundKey).toString('hex');

  it('is told before anything is spoken, and is that of what is spoken', async () => {
    const expected = headerOf();
    expect(engine.begun).toEqual([]);
    expect(expected.soundKey).toHaveLength(32);
    const [first] = await collect(speak(hello, callOf()));
    expect(first).toEqual({ type: 'header', header: expected });
  });

  it('is the same for a text that is spoken the same', () => {
    expect(keyOf({ text: '  Hello there.\n Good  night. ' })).toBe(keyOf());
    expect(keyOf({ voice: 'nova', language: 'en' })).toBe(keyOf());
  });

  it.each<[string, Partial<SpeechRequest>]>([
    ['text', { text: 'Hello there. Good day.' }],
    ['pauses', { text: 'Hello there.\n\nGood night.' }],
    ['voice', { voice: 'alloy' }],
    ['speed', { speed: 1.5 }],
  ])('is another for another %s', (_, change) => {
    expect(keyOf(change)).not.toBe(keyOf());
  });

  it('is another for another tenant, and for other settings of the engine', () => {
    const before = keyOf();
    expect(keyOf({}, 'beta')).not.toBe(before);
    engine.settings = 'model-2';
    expect(keyOf()).not.toBe(before);
    engine.settings = 'model-1';
  });

  it('is empty where the engine has no settings: its sounds are not worth keeping', () => {
    const free = new VoiceRegistry([new BeepingEngine()], { defaultVoice: '', fallbackVoices: [] });
    expect(describeSpeech({ registry: free, limits })(hello, 'acme').soundKey).toHaveLength(0);
  });

  it('is not told where nothing can be said', () => {
    const refused = (reason: string) => expect.objectContaining({ reason });
    expect(() => headerOf({ text: ' … ' })).toThrow(refused('TEXT_EMPTY'));
    expect(() => headerOf({ voice: 'nobody' })).toThrow(refused('VOICE_UNKNOWN'));
  });
});
