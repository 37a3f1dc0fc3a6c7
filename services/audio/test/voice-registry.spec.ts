import { describe, expect, it } from '@jest/globals';
import { SpeechError, VoiceRegistry, type Voice } from '../src/speech/index.ts';
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
    registry.candidates(name, language);
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
    const [chosen] = registry.candidates(name, language);
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

describe('with several engines', () => {
  const both = (name: string, ...languages: string[]): Voice => ({
    ...voice(name, ...languages),
    formats: ['wav', 'mp3'],
  });
  const near = new BeepingEngine([voice('near', 'en')], 'here');
  const far = new BeepingEngine([both('far', 'en', 'nl'), both('farther', 'en', 'nl')], 'there');
  const third = new BeepingEngine([both('third', 'nl', 'fr')], 'elsewhere');
  const several = new VoiceRegistry([far, near, third], { defaultVoice: '', fallbackVoices: ['near'] });
  const names = (...asked: Parameters<VoiceRegistry['candidates']>): string[] =>
    several.candidates(...asked).map(({ voice: { name } }) => name);

  it('the first engine’s first voice is the default', () => {
    expect(several.defaultVoice).toBe('far');
  });

  it.each<[Parameters<VoiceRegistry['candidates']>, string[]]>([
    [
      ['', ''],
      ['far', 'near'],
    ],
    [
      ['', 'nl'],
      ['far', 'third'],
    ],
    [
      ['farther', 'nl'],
      ['farther', 'third'],
    ],
    [
      ['third', ''],
      ['third', 'far'],
    ],
    [
      ['near', ''],
      ['near', 'far'],
    ],
    [['', 'fr'], ['third']],
    [['', 'en', 'mp3'], ['far']],
  ])('asked for %j: %j, a voice of each', (asked, expected) => {
    expect(names(...asked)).toEqual(expected);
  });

  it('a default that does not make the format gives way, a voice that was asked for does not', () => {
    const local = new VoiceRegistry([near, far], { defaultVoice: 'near', fallbackVoices: [] });
    const [chosen] = local.candidates('', 'en', 'mp3');
    expect([chosen.voice.name, chosen.fallbackReason]).toEqual(['far', 'voice "near" is made as wav, not mp3']);
    expect(() => local.candidates('near', 'en', 'mp3')).toThrow('does not make mp3; voice "near" is made as wav');
  });
});
