import { randomBytes } from 'node:crypto';
import { chmod, cp, lstat, mkdir, readdir, realpath, rename, rm, stat, symlink } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { type Account, canReach } from './account.ts';
import { type Native, wantedLinks } from './native.ts';
import { PostgresError } from './postgres-error.ts';

/** Where the programs are copied when they cannot be used where npm put them. */
export function defaultCacheDir(): string {
  const isRoot = process.geteuid?.() === 0;
  if (process.platform === 'darwin') return isRoot ? '/Library/Caches/exempla' : `${home()}/Library/Caches/exempla`;
  return isRoot ? '/var/cache/exempla' : `${home()}/.cache/exempla`;
}

/** A user id without an account has no home. */
function home(): string {
  try {
    return homedir();
  } catch {
    return join(tmpdir(), `exempla-${process.geteuid?.()}`);
  }
}

/**
 * The programs at a place where `account` can run them. They stay where they are when that works; below a directory
 * closed to the account (a clone in root's home), or without their links, a copy is made once for each version.
 */
export async function usableNative(native: Native, account: Account | undefined, cacheDir: string): Promise<string> {
  const folder = await realpath(native.folder);
  const reachable = account === undefined || (await canReach(join(folder, 'bin', 'postgres'), account));
  return reachable && native.linked ? folder : copyOnce({ ...native, folder }, cacheDir);
}

async function copyOnce(native: Native, cacheDir: string): Promise<string> {
  const target = join(cacheDir, `postgres-${native.version}-${process.platform}-${process.arch}`);
  await mkdir(cacheDir, { recursive: true, mode: 0o755 });
  if (!(await exists(target))) await copyTo(native, target);
  await assertOurs(target);
  return target;
}

/** Copies aside and renames, so that the folder is there in whole or not at all, whoever else does the same. */
async function copyTo(native: Native, target: string): Promise<void> {
  const aside = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await cp(native.folder, aside, { recursive: true, verbatimSymlinks: true });
    await addLinks(dirname(native.folder), aside);
    await makeReadable(aside);
    await rename(aside, target);
  } catch (error) {
    // Another process was first; its copy is as good as ours.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

async function addLinks(root: string, copy: string): Promise<void> {
  for (const link of await wantedLinks(root)) {
    const path = join(copy, relative('native', link.target));
    if (!(await exists(path))) await symlink(basename(link.source), path);
  }
}

/** The umask of the user may have closed what was copied. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeReadable(path);
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

/** Programs that somebody else could have put there are not run. */
async function assertOurs(target: string): Promise<void> {
  const found = await stat(target);
  if (found.uid === process.geteuid?.() && (found.mode & 0o022) === 0) return;
  throw new PostgresError('START_FAILED', `${target} is not ours alone. Remove it, or choose another cache directory.`);
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}
