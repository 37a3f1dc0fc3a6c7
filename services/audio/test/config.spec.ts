import { expect, it } from '@jest/globals';
import { Settings } from '@exempla/rpc';
import { readConfig } from '../src/config.ts';

const configOf = (env: NodeJS.ProcessEnv) => readConfig(new Settings('audio', env));

it('has a default for everything and cannot be changed', () => {
  const config = configOf({});
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 50053,
    workers: 2,
    defaultVoice: 'slt',
    maxPieceCharacters: 5_000,
  });
  expect(Object.isFrozen(config) && Object.isFrozen(config.fallbackVoices)).toBe(true);
});

it('takes what the environment says; an empty variable is none', () => {
  const env = {
    EXEMPLA_AUDIO_PORT: '0',
    EXEMPLA_AUDIO_WORKERS: '3',
    EXEMPLA_AUDIO_FALLBACK_VOICES: ' kal , rms,',
    EXEMPLA_AUDIO_HOST: '',
  };
  expect(configOf(env)).toMatchObject({ port: 0, workers: 3, fallbackVoices: ['kal', 'rms'], host: '127.0.0.1' });
});

it.each([
  ['PORT', '65536'],
  ['PORT', 'http'],
  ['WORKERS', '0'],
  ['WORKERS', '1.5'],
  ['MAX_WAITING', '-1'],
  ['MAX_PIECE_CHARACTERS', '5001'],
  ['MAX_CHUNK_BYTES', '65537'],
])('refuses %s=%s by name', (name, value) => {
  expect(() => configOf({ [`EXEMPLA_AUDIO_${name}`]: value })).toThrow(`EXEMPLA_AUDIO_${name} is "${value}"`);
});
