import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { notWritable } from '../src/problems.ts';
import { saveSound } from '../src/speech/save-sound.ts';

const ENTRY = fileURLToPath(new URL('../dist/exempla.main.js', import.meta.url));
/** Takes nothing, as a disk that is full. */
const FULL = '/dev/full';

describe('what cannot be written', () => {
  (existsSync(FULL) ? it : it.skip)('is no success, although the command was done', async () => {
    await using full = await open(FULL, 'w');
    const child = spawn(process.execPath, [ENTRY, '--help'], { stdio: ['ignore', full.fd, 'pipe'] });
    const said = text(child.stderr!);
    const [code] = (await once(child, 'exit')) as [number];
    expect([code, (await said).trim()]).toEqual([1, 'standard output cannot be written: ENOSPC, the disk is full']);
  });

  it('is a folder for the data of a mesh, too', async () => {
    const cwd = await mkdtemp(join(tmpdir(), 'full-disk-'));
    try {
      const path = join(cwd, '.exempla');
      await writeFile(path, '');
      const child = spawn(process.execPath, [ENTRY, 'up'], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
      const said = text(child.stderr);
      const [code] = (await once(child, 'exit')) as [number];
      expect([code, (await said).trim()]).toEqual([1, `${path} cannot be written: EEXIST, a file has that name`]);
    } finally {
      await rm(cwd, { recursive: true });
    }
  });

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
