import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { nobodyIn } from '../src/postgres/account.ts';
import { usableNative } from '../src/postgres/native-cache.ts';
import { findNative, type Native, wantedLinks } from '../src/postgres/native.ts';
import { isRoot, temporaryDirectory } from './support.ts';

const nobody = nobodyIn('');

describe('usableNative', () => {
  let native: Native;
  beforeAll(async () => {
    native = await findNative();
  });

  it('uses the programs where they are when that works', async () => {
    await using cache = await temporaryDirectory();
    expect(await usableNative(native, undefined, cache.path)).toBe(native.folder);
    expect(await readdir(cache.path)).toEqual([]);
  });

  it('copies them once when links are missing, also when asked four times at once', async () => {
    await using cache = await temporaryDirectory(0o755);
    await using clone = await temporaryDirectory(0o755);
    const bare = join(clone.path, 'native');
    await mkdir(bare, { recursive: true });
    await cp(native.folder, bare, { recursive: true, verbatimSymlinks: true });
    const links = await wantedLinks(dirname(native.folder));
    for (const { target } of links) await rm(join(clone.path, target));
    const broken = { ...native, folder: bare, linked: false };
    const folders = await Promise.all([1, 2, 3, 4].map(() => usableNative(broken, undefined, cache.path)));
    expect(new Set(folders).size).toBe(1);
    expect(await readdir(cache.path)).toHaveLength(1);
    for (const { target } of links) {
      expect((await stat(join(folders[0]!, target.replace(/^native\//, '')))).isFile()).toBe(true);
    }
  });

  (isRoot ? it : it.skip)('copies them out of a directory closed to the user of the server', async () => {
    await using closed = await temporaryDirectory(0o700);
    await using cache = await temporaryDirectory(0o755);
    const inside = join(closed.path, 'native');
    await cp(native.folder, inside, { recursive: true, verbatimSymlinks: true });
    const folder = await usableNative({ ...native, folder: inside }, nobody, cache.path);
    expect(dirname(folder)).toBe(cache.path);
    expect((await stat(join(folder, 'bin', 'postgres'))).mode & 0o777).toBe(0o755);
  });
});
