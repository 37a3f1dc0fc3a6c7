import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { notWritable } from '../src/problems.ts';
import { saveSound } from '../src/speech/save-sound.ts';

describe('what cannot be written', () => {
  it('is told in words, with the code behind them that can be looked up', () => {
    const error = (code: string) => Object.assign(new Error(`${code}: open 'x'`), { code });
    expect(notWritable('a.wav', error('ENOENT')).message).toBe(
      'a.wav cannot be written: ENOENT, there is no such folder',
    );
    expect(notWritable('a.wav', error('EWHATEVER')).message).toBe('a.wav cannot be written: EWHATEVER');
    expect(notWritable('a.wav', new Error('no')).message).toBe('a.wav cannot be written: no');
  });

  it('names the file of a sound that breaks off, and leaves no part of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'full-disk-'));
    try {
      // What is no bytes cannot be written either, on any machine.
      const chunks = (async function* () {
        yield Buffer.from('RIFF');
        yield 7 as unknown as Uint8Array;
      })();
      await expect(saveSound(chunks, join(folder, 'a.wav'))).rejects.toMatchObject({
        name: 'RefusedError',
        message: expect.stringContaining(`${join(folder, 'a.wav')} cannot be written: `),
      });
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
