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

  it.each(['0', '0.9', '3601', '-1', '1m', 'Infinity', '1e3'])('refuses %s seconds by name', (raw) => {
    const settings = new Settings('audio', { HTTP_TIMEOUT: raw });
    expect(() => settings.seconds('HTTP_TIMEOUT', 60, { from: 1, to: 3600 })).toThrow(
      `HTTP_TIMEOUT is "${raw}"; it has to be seconds from 1 to 3600`,
    );
  });

  it('takes seconds with and without the unit', () => {
    const settings = new Settings('audio', { A: '1.5s', B: '3600', C: '999999999' });
    const range = { from: 1, to: 3600 };
    expect([settings.seconds('A', 60, range), settings.seconds('B', 60, range)]).toEqual([1500, 3_600_000]);
    expect([settings.seconds('C', 60), settings.seconds('D', 60, range)]).toEqual([999_999_999_000, 60_000]);
  });

  it.each(['127.0.0.1:50054', 'storage:50054', '[::1]:50054', 'dns:///storage:50054', 'unix:/run/storage', 'a:1,b:2'])(
    'takes the target %s',
    (raw) => expect(new Settings('audio', { A: raw }).target('A', 'localhost:1')).toBe(raw),
  );

  it.each(['http://storage:50054', 'https://storage:50054', 'storage', 'a:b:c', '::', 'off', 'storage:50054/x'])(
    'refuses the target %s by name',
    (raw) => {
      const settings = new Settings('audio', { A: raw });
      expect(() => settings.target('A', 'localhost:1')).toThrow(
        `A is "${raw}"; it has to be host:port, such as localhost:1`,
      );
    },
  );

  it('takes a target that is off where it may be', () => {
    const settings = new Settings('audio', { A: 'off' });
    expect(settings.target('A', 'localhost:1', { mayBeOff: true })).toBe('off');
  });

  it('takes one of the words there are, and names them all', () => {
    const settings = new Settings('audio', { A: 'loud', B: 'warn' });
    const levels = ['info', 'warn', 'silent'] as const;
    expect([settings.choice('B', 'info', levels), settings.choice('C', 'info', levels)]).toEqual(['warn', 'info']);
    expect(() => settings.choice('A', 'info', levels)).toThrow('A is "loud"; it has to be info, warn or silent');
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
