import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, jest } from '@jest/globals';

const entryOf = (program: string): string => fileURLToPath(new URL(`../dist/${program}.main.js`, import.meta.url));
const ENTRY = entryOf('exempla');
/** Takes nothing, as a disk that is full. */
const FULL = '/dev/full';

// A demo is a mesh from its start to its end.
jest.setTimeout(120_000);

describe('what cannot be written', () => {
  // The demo as a whole, too: what nobody could read is no success, and nothing of it stays behind.
  (existsSync(FULL) ? it : it.skip).each([
    ['exempla', '--help'],
    ['demo', '--help'],
    ['demo', '--json'],
    ['reset', ''],
  ])('is no success, although it was done: %s %s', async (program, argument) => {
    const cwd = await mkdtemp(join(tmpdir(), 'full-disk-'));
    try {
      await using full = await open(FULL, 'w');
      const args = [entryOf(program), ...(argument === '' ? [] : [argument])];
      const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', full.fd, 'pipe'] });
      const said = text(child.stderr!);
      const [code] = (await once(child, 'exit')) as [number];
      const last = (await said).trim().split('\n').at(-1)!.trim();
      expect([code, last]).toEqual([1, 'standard output cannot be written: ENOSPC, the disk is full']);
    } finally {
      await rm(cwd, { recursive: true });
    }
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
});
