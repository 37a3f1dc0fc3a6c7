import { createHash, randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { opendir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Longer than any upload may take: what has not grown for this long belongs to nobody. */
const ABANDONED_MS = 10 * 60_000;

/** Each machine has its own. */
export const stagingDirectory = (directory: string): string =>
  join(directory, 'staging', hostname().replace(/[^A-Za-z0-9._-]/g, '_') || 'local');

/**
 * Those whose process ids mean something to each other: of one container, or of one machine, until it starts again. Two
 * containers may have the same host name. Where there is no such thing, the host name has to do.
 */
async function pidSpace(): Promise<string> {
  const told = [readFile('/proc/sys/kernel/random/boot_id', 'utf8'), readlink('/proc/self/ns/pid')];
  const parts = await Promise.all(told).catch(() => ['', '']);
  return createHash('sha256').update(parts.join()).digest('hex').slice(0, 16);
}

const SPACE = await pidSpace();

/** A name that nobody else takes; it says who has it. */
export const stagedName = (): string => `${process.pid}-${randomUUID()}.${SPACE}`;

/** A file of our own pid found at start is of an earlier process that had it. */
function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** Removes staged files of dead processes that we would see if they lived, and abandoned ones of any. Run before the first upload. */
export async function sweepStaging(directory: string): Promise<number> {
  const own = stagingDirectory(directory);
  const isLeft = ({ parentPath, name }: Dirent): boolean =>
    parentPath === own && name.endsWith(`.${SPACE}`) && !isRunning(Number.parseInt(name, 10));
  return sweep(directory, async (entry, path) => isLeft(entry) || (await isAbandoned(path)));
}

/** Removes staged files that no upload can still be writing. */
export const sweepAbandoned = (directory: string, isOurs: (path: string) => boolean): Promise<number> =>
  sweep(directory, async (_, path) => !isOurs(path) && (await isAbandoned(path)));

async function sweep(directory: string, isLeft: (entry: Dirent, path: string) => Promise<boolean>): Promise<number> {
  let removed = 0;
  for await (const entry of await opendir(join(directory, 'staging'), { recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !(await isLeft(entry, path))) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

async function isAbandoned(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: { code?: string }) => {
    // Another process finished with it in the meantime.
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS;
}
