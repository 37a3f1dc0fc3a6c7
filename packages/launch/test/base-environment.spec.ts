import { describe, expect, it } from '@jest/globals';
import { baseEnvironment } from '../src/mesh/environment.ts';
import { GATEWAY, SERVICES } from '../src/mesh/services.ts';

describe('the environment of every service of a mesh on one machine', () => {
  it('is the own one, without what belongs to the store alone', () => {
    const env = baseEnvironment({
      PATH: '/bin',
      DATABASE_URL: 'postgres://x',
      DATABASE_ADMIN_URL_FILE: '/f',
      NODE_OPTIONS: '-r x',
    });
    expect(env).toEqual({ PATH: '/bin', NODE_ENV: 'development', EXEMPLA_DEV: '1', EXEMPLA_LOG_LEVEL: 'info' });
  });

  it('gives each a port of its own for its metrics', () => {
    expect(baseEnvironment({ EXEMPLA_METRICS_PORT: '9464' })).toMatchObject({ EXEMPLA_METRICS_PORT: '0' });
    expect(baseEnvironment({})).not.toHaveProperty('EXEMPLA_METRICS_PORT');
  });

  it('has the keys of providers for those that ask them, and for nobody else', () => {
    const env = {
      OPENAI_API_KEY: 'k',
      OPENAI_API_KEY_FILE: '/f',
      OPENAI_BASE_URL: 'u',
      OPENAI_SPEECH_API_KEY: 's',
      ELEVENLABS_API_KEY: 'e',
    };
    const keysOf = Object.fromEntries(
      [GATEWAY, ...SERVICES].map(({ name, asks }) => [
        name,
        Object.keys(baseEnvironment(env, asks)).filter((variable) => variable in env),
      ]),
    );
    const ofOpenAi = ['OPENAI_API_KEY', 'OPENAI_API_KEY_FILE', 'OPENAI_BASE_URL'];
    expect(keysOf).toEqual({
      gateway: [],
      orchestrator: ofOpenAi,
      examples: ofOpenAi,
      audio: [...ofOpenAi, 'OPENAI_SPEECH_API_KEY', 'ELEVENLABS_API_KEY'],
      storage: [],
    });
  });
});
