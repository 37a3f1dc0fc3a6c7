import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { run } from './support.ts';

describe('npm run reset', () => {
  it.each([
    ['--help', 0, /Removes \.\/\.exempla/],
    ['--dry-run', 2, /Unknown option "--dry-run"/],
  ])('removes nothing when it is given %s', async (argument, code, says) => {
    const cwd = await mkdtemp(join(tmpdir(), 'reset-'));
    try {
      await mkdir(join(cwd, '.exempla'));
      const program = run('reset', [argument], { cwd });
      await expect(program.ended).resolves.toMatchObject({ code });
      expect(program.stdout() + program.stderr()).toMatch(says);
      expect(existsSync(join(cwd, '.exempla'))).toBe(true);
    } finally {
      await rm(cwd, { recursive: true });
    }
  });
});
