import { describe, expect, it } from '@jest/globals';
import { Settings } from '../src/settings.ts';

const LIMITS = { min: 1, max: 10 };

describe('Settings', () => {
  it('takes what the environment says, and the default for what is absent or empty', () => {
    const settings = new Settings('audio', { EXEMPLA_AUDIO_HOST: ' 0.0.0.0 ', EXEMPLA_AUDIO_VOICE: '' });
    expect(settings.text('EXEMPLA_AUDIO_HOST', '127.0.0.1')).toBe('0.0.0.0');
    expect(settings.text('EXEMPLA_AUDIO_VOICE', 'slt')).toBe('slt');
    expect(settings.list('EXEMPLA_AUDIO_FALLBACK', ' a, ,b')).toEqual(['a', 'b']);
  });

  it.each(['0', '11', '1.5', 'ten', '-1'])('refuses the number %s by name', (raw) => {
    const settings = new Settings('audio', { EXEMPLA_AUDIO_WORKERS: raw });
    expect(() => settings.integer('EXEMPLA_AUDIO_WORKERS', 2, LIMITS)).toThrow(
      `EXEMPLA_AUDIO_WORKERS is "${raw}"; it has to be a whole number from 1 to 10`,
    );
  });

  it('prints everything it was asked for, and no secret', async () => {
    const settings = new Settings('storage', { DATABASE_URL: 'postgresql://x:hunter2@y', EXEMPLA_STORAGE_PORT: '0' });
    settings.port('EXEMPLA_STORAGE_PORT', 50054);
    await settings.secret('DATABASE_URL');
    await settings.secret('DATABASE_ADMIN_URL');
    expect(settings.print()).toBe(
      'DATABASE_ADMIN_URL=\nDATABASE_ADMIN_URL_FILE=\nDATABASE_URL=[secret]\nDATABASE_URL_FILE=\nEXEMPLA_STORAGE_PORT=0\n',
    );
  });

  it('takes a secret that is empty, in the variable or in the file, for none', async () => {
    const settings = new Settings('audio', {
      OPENAI_API_KEY: ' ',
      OPENAI_API_KEY_FILE: '/dev/null',
      ELEVENLABS_API_KEY: ' e-1\n',
      ELEVENLABS_API_KEY_FILE: '/dev/null',
    });
    expect(await settings.secret('OPENAI_API_KEY')).toBeUndefined();
    expect(await settings.secret('ELEVENLABS_API_KEY')).toBe('e-1');
  });

  it('tells of a variable that nobody reads, with the nearest that is read', () => {
    const settings = new Settings('audio', {
      EXEMPLA_AUDIO_WORKER: '3',
      EXEMPLA_STORAGE_PORT: '1',
      EXEMPLA_AUDIO_PORT: '2',
    });
    settings.integer('EXEMPLA_AUDIO_WORKERS', 2, LIMITS);
    settings.port('EXEMPLA_AUDIO_PORT', 50053);
    expect(settings.unknown()).toEqual([{ name: 'EXEMPLA_AUDIO_WORKER', nearest: 'EXEMPLA_AUDIO_WORKERS' }]);
  });
});
