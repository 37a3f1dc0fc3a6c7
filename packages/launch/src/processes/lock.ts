import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, startOf } from './identity.ts';

/** Who holds a lock. */
export interface Holder {
  pid: number;
  start: string | undefined;
}

/** Another process that is alive holds the lock. */
export class LockedError extends Error {
  readonly holder: Holder;
  readonly path: string;

  constructor(path: string, holder: Holder) {
    super(`process ${holder.pid} holds ${path}`);
    this.name = 'LockedError';
    this.path = path;
    this.holder = holder;
  }
}

/** A file that names its living holder. A holder that died, also by SIGKILL, holds nothing. */
export interface Lock extends AsyncDisposable {
  release(): Promise<void>;
}

/** Takes the lock or throws LockedError. */
export async function takeLock(path: string): Promise<Lock> {
  const mine = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(mine, JSON.stringify({ pid: process.pid, start: await startOf(process.pid) } satisfies Holder));
  try {
    while (!(await tryLink(mine, path))) await removeStale(path);
  } finally {
    await rm(mine, { force: true });
  }
  const release = () => rm(path, { force: true });
  return { release, [Symbol.asyncDispose]: release };
}

/** A link appears with its whole content, or fails because there is one: no half-written lock is ever read. */
async function tryLink(from: string, path: string): Promise<boolean> {
  try {
    await link(from, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** The living holder of a lock, if any. */
export async function holderOf(path: string): Promise<Holder | undefined> {
  return living(parse((await readLock(path)) ?? ''));
}

/** Undefined when there is none. One that cannot be read is an error: nobody could ever find it free. */
async function readLock(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

const living = async (holder: Holder | undefined): Promise<Holder | undefined> =>
  holder && (await isRunning(holder.pid, holder.start)) ? holder : undefined;

/**
 * Removes a lock whose holder is gone. One process at a time may: a second that read the same dead holder would
 * otherwise remove the lock that the first has taken since.
 */
async function removeStale(path: string): Promise<void> {
  const guard = `${path}.guard`;
  if (!(await tryMakeDirectory(guard))) return waitForGuard(guard);
  try {
    const text = await readLock(path);
    // Released meanwhile: whatever is there next is a new lock.
    if (text === undefined) return;
    const holder = await living(parse(text));
    if (holder) throw new LockedError(path, holder);
    await rm(path, { force: true });
  } finally {
    await rm(guard, { recursive: true, force: true });
  }
}

/** A guard is held for milliseconds; an old one was left by a process that was killed just then. */
async function waitForGuard(guard: string): Promise<void> {
  const found = await stat(guard).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs > GUARD_LIMIT_MS) await rm(guard, { recursive: true, force: true });
  else await sleep(10);
}

const GUARD_LIMIT_MS = 5000;

async function tryMakeDirectory(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}
