import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, mkdir, mkdtemp, open, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DiskObjects } from '../src/adapters/disk-objects.ts';
import { StagedFile, StagedPartFile } from '../src/adapters/staged-file.ts';
import { filesBelow } from './files.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exempla-disk-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function startHolder(): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('./staging-holder.ts', import.meta.url));
  const child = spawn(process.execPath, [program, directory], { stdio: ['ignore', 'pipe', 'inherit'], env: {} });
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  return child;
}

const staged = (): Promise<string[]> => filesBelow(join(directory, 'staging'));

describe('DiskObjects', () => {
  it('sweeps at start what a killed process left, and not what a living one is writing', async () => {
    const [dead, living] = await Promise.all([startHolder(), startHolder()]);
    expect(await staged()).toHaveLength(2);
    const ended = once(dead, 'exit');
    dead.kill('SIGKILL');
    await ended;
    await new DiskObjects(directory).prepare();
    expect((await staged()).map((path) => path.split('/').at(-1)?.split('-')[0])).toEqual([String(living.pid)]);
    const gone = once(living, 'exit');
    living.kill('SIGKILL');
    await gone;
    await new DiskObjects(directory).prepare();
    expect(await staged()).toEqual([]);
  });

  it('leaves at start what a process writes that it cannot see, in another container of the same host name', async () => {
    const disk = new DiskObjects(directory);
    await disk.prepare();
    const writing = await disk.stage();
    const [own = ''] = await staged();
    const other = join(dirname(own), `${basename(own, extname(own))}.another-space`);
    await writeFile(other, 'x');
    await new DiskObjects(directory).prepare();
    // One of our own pid that is there at start is of an earlier process.
    expect(await staged()).toEqual([other]);
    await writing.discard();
  });

  it("sweeps another machine's uploads only when they have not grown for a long time", async () => {
    const disk = new DiskObjects(directory);
    await disk.prepare();
    const other = join(directory, 'staging', 'another-machine');
    await mkdir(other);
    for (const name of ['1-fresh', '1-old']) await writeFile(join(other, name), 'x');
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(join(other, '1-old'), hourAgo, hourAgo);
    expect(await disk.sweepStaged()).toBe(1);
    expect(await staged()).toEqual([join(other, '1-fresh')]);
  });

  it('keeps what it is writing, or has written and not yet placed, when the clock is put forward', async () => {
    const disk = new DiskObjects(directory);
    await disk.prepare();
    const bytes = await disk.stage();
    const age = async (): Promise<void> => {
      for (const path of await staged()) await utimes(path, new Date(0), new Date(0));
    };
    await bytes.write(Buffer.from('x'));
    await age();
    expect(await disk.sweepStaged()).toBe(0);
    const sha256 = await bytes.seal();
    await age();
    expect(await disk.sweepStaged()).toBe(0);
    await bytes.place();
    const placed = await disk.open(sha256);
    expect(placed?.sizeBytes).toBe(1n);
    await placed?.close();
  });

  it('can be discarded at any time, also twice, and leaves nothing', async () => {
    const disk = new DiskObjects(directory);
    await disk.prepare();
    for (const steps of [0, 1, 2]) {
      const bytes = await disk.stage();
      if (steps > 0) await bytes.write(Buffer.from('x'));
      if (steps > 1) await bytes.seal();
      await bytes.discard();
      await bytes.discard();
    }
    expect(await filesBelow(directory)).toEqual([]);
    expect(disk.openFiles).toBe(0);
  });

  it('keeps what was placed when it is discarded after', async () => {
    const disk = new DiskObjects(directory);
    await disk.prepare();
    const bytes = await disk.stage();
    await bytes.write(Buffer.from('abc'));
    const sha256 = await bytes.seal();
    await bytes.place();
    await bytes.discard();
    const open = await disk.open(sha256);
    expect((await open?.next())?.toString()).toBe('abc');
    expect(await open?.next()).toBeUndefined();
    await open?.close();
    await disk.remove(sha256);
    await disk.remove(sha256);
    expect(await disk.open(sha256)).toBeUndefined();
  });

  it('reads on only when what it read is taken', async () => {
    const disk = new DiskObjects(directory);
    await disk.prepare();
    const bytes = await disk.stage();
    await bytes.write(Buffer.alloc(1_000_000));
    const sha256 = await bytes.seal();
    await bytes.place();
    const open = await disk.open(sha256);
    expect(await open?.next()).toHaveLength(65_536);
    expect(disk.bytesRead).toBe(65_536n);
    await open?.next();
    expect(disk.bytesRead).toBe(131_072n);
    await open?.close();
    expect(disk.openFiles).toBe(0);
  });

  it('trusts a disk no more that failed once', async () => {
    const path = join(directory, 'part');
    const file = await open(path, 'wx');
    let failures = 1;
    file.datasync = async () => {
      if (failures-- > 0) throw new Error('EIO');
    };
    let isClosed = false;
    const onClosed = (): void => void (isClosed = true);
    const part = new StagedPartFile({ path, file, spare: path, pathOf: () => path, onClosed });
    await part.write(Buffer.from('x'));
    await expect(part.checkpoint()).rejects.toThrow('EIO');
    await expect(part.checkpoint()).rejects.toThrow('EIO');
    await expect(part.seal()).rejects.toThrow('EIO');
    await expect(part.keep()).rejects.toThrow('EIO');
    expect(isClosed).toBe(true);
  });

  it.each(['ENOSPC', 'EDQUOT'])('says that there is no room, of %s, whichever step meets it', async (code) => {
    const path = join(directory, code);
    const full = (): Promise<never> => Promise.reject(Object.assign(new Error('as it comes'), { code }));
    const staged = async (change: Partial<FileHandle>): Promise<StagedFile> => {
      const file = Object.assign(await open(path, 'w'), change);
      return new StagedFile({ path, file, spare: path, pathOf: () => path, onClosed: () => {} });
    };
    const writing = await staged({ write: full });
    await expect(writing.write(Buffer.from('x'))).rejects.toMatchObject({ reason: 'OBJECTS_FULL' });
    await writing.discard();
    const flushing = await staged({ datasync: full });
    await expect(flushing.seal()).rejects.toMatchObject({ reason: 'OBJECTS_FULL' });
    await flushing.discard();
  });
});

it('makes the directories of what comes in again when somebody has taken them away', async () => {
  const disk = new DiskObjects(directory);
  await disk.prepare();
  for (const name of ['staging', 'parts']) await rm(join(directory, name), { recursive: true });
  for (const staged of [await disk.stage(), await disk.stagePart(randomUUID())]) {
    await staged.write(Buffer.from('x'));
    await staged.discard();
  }
  expect(disk.openFiles).toBe(0);
});
