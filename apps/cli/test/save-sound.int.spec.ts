import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { lstat, mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canBeSaved, saveSound } from '../src/speech/save-sound.ts';

const SOUND = 'not a WAV, so it stays as it is';
async function* sound(): AsyncGenerator<Uint8Array> {
  for (const part of SOUND.split(/(?= )/)) yield Buffer.from(part);
}

describe('saveSound', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'save-sound-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('replaces a file, and leaves nothing beside it', async () => {
    await writeFile(at('a.wav'), 'what was there before, and longer than what comes');
    expect(await saveSound(sound(), at('a.wav'))).toMatchObject({ file: at('a.wav'), bytes: SOUND.length });
    expect(await readFile(at('a.wav'), 'utf8')).toBe(SOUND);
    expect(await readdir(folder)).toEqual(['a.wav']);
  });

  // A device as /dev/null would be gone for everybody.
  it('writes into what is no file, and does not replace it', async () => {
    await promisify(execFile)('mkfifo', [at('pipe')]);
    await using reader = await open(at('pipe'), constants.O_RDWR | constants.O_NONBLOCK);
    expect(await saveSound(sound(), at('pipe'))).toEqual({
      file: at('pipe'),
      bytes: SOUND.length,
      seconds: undefined,
    });
    expect((await lstat(at('pipe'))).isFIFO()).toBe(true);
    const { buffer, bytesRead } = await reader.read(Buffer.alloc(100), 0, 100);
    expect(buffer.toString('utf8', 0, bytesRead)).toBe(SOUND);
    expect(await readdir(folder)).toEqual(['pipe']);
  });

  it('keeps a link, and replaces the file behind it', async () => {
    await mkdir(at('music'));
    await writeFile(at('music/a.wav'), 'before');
    await symlink('music/a.wav', at('link.wav'));
    await saveSound(sound(), at('link.wav'));
    expect((await lstat(at('link.wav'))).isSymbolicLink()).toBe(true);
    expect(await readFile(at('music/a.wav'), 'utf8')).toBe(SOUND);
  });
});

describe('canBeSaved', () => {
  let folder: string;
  const at = (name: string): string => join(folder, name);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'can-be-saved-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes nothing', async () => {
    await canBeSaved(at('a.wav'));
    await canBeSaved('/dev/null');
    expect(await readdir(folder)).toEqual([]);
  });

  it('says before the work what is in the way', async () => {
    await expect(canBeSaved(at('gone/a.wav'))).rejects.toThrow(
      `${at('gone')} cannot be written: ENOENT, there is no such folder`,
    );
    await expect(canBeSaved(folder)).rejects.toThrow(`${folder} cannot be written: EISDIR, it is a folder`);
    await writeFile(at('file'), '');
    await expect(canBeSaved(at('file/a.wav'))).rejects.toThrow(
      'cannot be written: ENOTDIR, a part of its path is a file',
    );
  });
});
