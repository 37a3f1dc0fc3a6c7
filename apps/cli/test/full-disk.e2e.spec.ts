import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

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
});
