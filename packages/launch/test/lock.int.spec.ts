import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { holderOf, LockedError, startOf, takeLock } from '@exempla/launch';
import { temporaryDirectory } from './support.ts';

describe('takeLock', () => {
  it('is held until released and names its holder', async () => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, 'up.lock');
    const lock = await takeLock(path);
    const error: unknown = await takeLock(path).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LockedError);
    expect((error as LockedError).holder.pid).toBe(process.pid);
    expect(await holderOf(path)).toMatchObject({ pid: process.pid });
    await lock.release();
    await (await takeLock(path)).release();
    expect(await readdir(directory.path)).toEqual([]);
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1, start: '1' }],
    ['a pid that was given to another process', { pid: process.pid, start: 'long ago' }],
    ['nonsense', 'x'],
  ])('is free when it names %s', async (_, content) => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, 'up.lock');
    await writeFile(path, JSON.stringify(content));
    expect(await holderOf(path)).toBeUndefined();
    await using _lock = await takeLock(path);
    expect(await holderOf(path)).toEqual({ pid: process.pid, start: await startOf(process.pid) });
  });

  it('says so when it cannot be read, instead of asking for ever', async () => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, 'up.lock');
    await mkdir(path);
    await expect(takeLock(path)).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await readdir(directory.path)).toEqual(['up.lock']);
  });

  it('goes to one of many that find the same dead holder', async () => {
    await using directory = await temporaryDirectory();
    const path = join(directory.path, 'up.lock');
    await writeFile(path, JSON.stringify({ pid: 2 ** 22 + 1, start: '1' }));
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(path)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(directory.path)).toEqual(['up.lock']);
  });
});
