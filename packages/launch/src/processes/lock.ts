import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
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
  const holder = parse(await readFile(path, 'utf8').catch(() => ''));
  return holder && (await isRunning(holder.pid, holder.start)) ? holder : undefined;
}

/** Moves the file away before removing it: of two that found the same dead holder, one moves it, the other retries. */
async function removeStale(path: string): Promise<void> {
  const holder = await holderOf(path);
  if (holder) throw new LockedError(path, holder);
  const away = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, away);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // What was moved may be a fresh lock taken in between: put it back.
  const moved = await holderOf(away);
  if (moved) await tryLink(away, path);
  await rm(away, { force: true });
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}
