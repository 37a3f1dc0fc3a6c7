import { describe, expect, it } from '@jest/globals';
import { Settings } from '@exempla/rpc';
import { readConfig } from '../src/config.ts';

const configOf = (env: NodeJS.ProcessEnv) => readConfig(new Settings('audio', env));

it('has a default for everything and cannot be changed', async () => {
  const config = await configOf({});
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 50053,
    workers: 2,
    defaultVoice: '',
    providers: { openAi: undefined, elevenLabs: undefined, httpTimeoutMs: 60_000 },
    maxPieceCharacters: 5_000,
  });
  expect(Object.isFrozen(config) && Object.isFrozen(config.fallbackVoices)).toBe(true);
});

it('takes what the environment says; an empty variable is none', async () => {
  const env = {
    EXEMPLA_AUDIO_PORT: '0',
    EXEMPLA_AUDIO_WORKERS: '3',
    EXEMPLA_AUDIO_FALLBACK_VOICES: ' kal , rms,',
    EXEMPLA_AUDIO_HOST: '',
  };
  expect(await configOf(env)).toMatchObject({ port: 0, workers: 3, fallbackVoices: ['kal', 'rms'], host: '127.0.0.1' });
});

it.each([
  ['PORT', '65536'],
  ['PORT', 'http'],
  ['WORKERS', '0'],
  ['WORKERS', '1.5'],
  ['MAX_WAITING', '-1'],
  ['MAX_PIECE_CHARACTERS', '5001'],
  ['MAX_CHUNK_BYTES', '65537'],
])('refuses %s=%s by name', async (name, value) => {
  await expect(configOf({ [`EXEMPLA_AUDIO_${name}`]: value })).rejects.toThrow(`EXEMPLA_AUDIO_${name} is "${value}"`);
});

it.each(['OPENAI_BASE_URL', 'OPENAI_SPEECH_BASE_URL', 'ELEVENLABS_BASE_URL'])(
  'refuses a password in %s, which would be printed, and does not tell it',
  async (name) => {
    const reading = configOf({ [name]: 'https://user:pass@voices.example/v1' });
    await expect(reading).rejects.toThrow(`${name} carries a user or a password`);
    await expect(reading).rejects.not.toThrow(/pass@/);
  },
);

it('knows what a million characters cost where it is said, and refuses what is no price', async () => {
  const elevenLabs = async (price: string) =>
    (await configOf({ ELEVENLABS_API_KEY: 'k', ELEVENLABS_PRICE: price })).providers.elevenLabs?.priceMicros;
  expect(await elevenLabs('')).toBeUndefined();
  expect(await elevenLabs('0.5')).toBe(500_000);
  await expect(elevenLabs('cheap')).rejects.toThrow('ELEVENLABS_PRICE is "cheap"');
});

describe('voices of OpenAI', () => {
  const openAi = async (env: NodeJS.ProcessEnv) => (await configOf(env)).providers.openAi;

  it('are there with a key', async () => {
    expect(await openAi({ OPENAI_API_KEY: 'k' })).toMatchObject({
      baseUrl: 'https://api.openai.com/v1',
      apiKey: 'k',
      model: 'gpt-4o-mini-tts',
      formats: ['wav', 'mp3'],
    });
  });

  it('are not there without one, nor at a server of texts only', async () => {
    expect(await openAi({})).toBeUndefined();
    expect(await openAi({ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1' })).toBeUndefined();
    expect(await openAi({ OPENAI_BASE_URL: 'https://openrouter.ai/api/v1', OPENAI_API_KEY: 'k' })).toBeUndefined();
  });

  it('are there at any server, when they are named', async () => {
    const env = {
      OPENAI_BASE_URL: 'http://127.0.0.1:8880/v1/',
      OPENAI_TTS_VOICES: 'bella=af_bella,adam',
      OPENAI_TTS_MODEL: 'kokoro',
      OPENAI_TTS_LANGUAGES: 'en, fr',
      OPENAI_TTS_FORMATS: 'mp3',
    };
    expect(await openAi(env)).toEqual({
      baseUrl: 'http://127.0.0.1:8880/v1',
      apiKey: 'none',
      model: 'kokoro',
      voices: [
        { name: 'bella', id: 'af_bella' },
        { name: 'adam', id: 'adam' },
      ],
      languages: ['en', 'fr'],
      formats: ['mp3'],
    });
  });

  it('of another server than that of texts never get its key', async () => {
    const env = { OPENAI_API_KEY: 'k', OPENAI_SPEECH_BASE_URL: 'http://10.0.0.7/v1', OPENAI_TTS_VOICES: 'a' };
    expect(await openAi(env)).toMatchObject({ baseUrl: 'http://10.0.0.7/v1', apiKey: 'none' });
    expect(await openAi({ ...env, OPENAI_SPEECH_API_KEY: 's' })).toMatchObject({ apiKey: 's' });
    const back = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://10.0.0.7/v1' };
    expect(await openAi({ ...back, OPENAI_SPEECH_BASE_URL: 'https://api.openai.com/v1' })).toBeUndefined();
  });

  it.each([
    [{ OPENAI_TTS_VOICES: 'alloy' }, 'OPENAI_API_KEY is needed'],
    [{ OPENAI_API_KEY: 'k', OPENAI_TTS_VOICES: 'a=b=c' }, 'OPENAI_TTS_VOICES has "a=b=c"'],
    [{ OPENAI_TTS_FORMATS: 'opus' }, 'OPENAI_TTS_FORMATS has "opus"'],
    [{ ELEVENLABS_FORMATS: 'ogg' }, 'ELEVENLABS_FORMATS has "ogg"'],
    [{ OPENAI_BASE_URL: 'text', OPENAI_SPEECH_BASE_URL: 'http://10.0.0.7/v1' }, 'OPENAI_BASE_URL is "text"'],
    [{ OPENAI_SPEECH_BASE_URL: 'speech' }, 'OPENAI_SPEECH_BASE_URL is "speech"'],
  ])('%j is refused', async (env, message) => {
    await expect(configOf(env)).rejects.toThrow(message);
  });
});

it('voices of ElevenLabs are there with a key', async () => {
  const { elevenLabs } = (await configOf({ ELEVENLABS_API_KEY: 'e', ELEVENLABS_VOICES: 'anna=21m00Tcm' })).providers;
  expect(elevenLabs).toEqual({
    baseUrl: 'https://api.elevenlabs.io',
    apiKey: 'e',
    model: 'eleven_multilingual_v2',
    voices: [{ name: 'anna', id: '21m00Tcm' }],
    formats: ['wav', 'mp3'],
  });
});
