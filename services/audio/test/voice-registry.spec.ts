import { describe, expect, it } from '@jest/globals';
import { SpeechError, VoiceRegistry } from '../src/speech/index.ts';
import { BeepingEngine, voice } from './beeping-engine.ts';

const engine = new BeepingEngine([
  voice('ann', 'en-US'),
  voice('bob', 'en-US'),
  voice('col', 'en-GB'),
  voice('dee', 'de'),
  voice('els', 'nl', 'de-AT'),
]);
const registry = new VoiceRegistry([engine], { defaultVoice: 'bob', fallbackVoices: ['els', 'ann'] });
const refused = (name: string, language: string): SpeechError => {
  try {
    registry.choose(name, language);
  } catch (error) {
    if (error instanceof SpeechError) return error;
  }
  throw new Error('was not refused');
};

describe('the voice that speaks', () => {
  it.each<[string, string, string, string]>([
    ['', '', 'bob', ''],
    ['', 'en', 'bob', ''],
    ['', 'EN-us', 'bob', ''],
    ['', 'en-AU', 'bob', ''],
    ['', 'en-GB', 'col', ''],
    ['col', '', 'col', ''],
    ['col', 'en', 'col', ''],
    ['col', 'en-US', 'col', ''],
    ['', 'de', 'els', 'voice "bob" speaks en-US, not "de"'],
    ['', 'de-DE', 'dee', 'voice "bob" speaks en-US, not "de-DE"'],
    ['ann', 'nl-BE', 'els', 'voice "ann" speaks en-US, not "nl-BE"'],
    ['els', 'en', 'bob', 'voice "els" speaks nl, de-AT, not "en"'],
  ])('asked for %j in %j: %s', (name, language, expected, reason) => {
    const chosen = registry.choose(name, language);
    expect([chosen.voice.name, chosen.fallbackReason, chosen.engine]).toEqual([expected, reason, engine]);
  });
});

it('an unknown voice is refused with the names there are (S3-48, S3-58)', () => {
  const error = refused('zoe', 'en');
  expect(error.reason).toBe('VOICE_UNKNOWN');
  expect(error.message).toBe('there is no voice "zoe"; the voices are ann, bob, col, dee, els');
  expect(error.metadata).toEqual({ voice: 'zoe', voices: 'ann, bob, col, dee, els' });
});

it.each(['', 'ann'])('a language nobody speaks is refused with what to enable (voice %j)', (name) => {
  const error = refused(name, 'fr-CA');
  expect(error.reason).toBe('LANGUAGE_WITHOUT_VOICE');
  expect(error.metadata).toMatchObject({ language: 'fr-CA', languages: 'de, de-AT, en-GB, en-US, nl' });
  expect(error.message).toContain(error.metadata['enable']);
});

it('names of the configuration have to exist', () => {
  expect(() => new VoiceRegistry([engine], { defaultVoice: 'zoe', fallbackVoices: [] })).toThrow('"zoe"');
  expect(() => new VoiceRegistry([engine], { defaultVoice: 'ann', fallbackVoices: ['zed'] })).toThrow('"zed"');
});

it('two engines cannot have a voice of the same name', () => {
  expect(() => new VoiceRegistry([engine, engine], { defaultVoice: 'ann', fallbackVoices: [] })).toThrow('two voices');
});
