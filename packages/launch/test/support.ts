import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { isRunning } from '@exempla/launch';

export const isRoot = process.geteuid?.() === 0;

/** A private directory that is removed at the end of the block. */
export async function temporaryDirectory(mode = 0o700): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'launch-test-'));
  await chmod(path, mode);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export async function query<T extends pg.QueryResultRow>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Polls until the condition holds; says whether it did within the limit. */
export async function holdsWithin(limitMs: number, condition: () => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

export const allGone = async (pids: readonly number[]): Promise<boolean> =>
  (await Promise.all(pids.map((pid) => isRunning(pid)))).every((running) => !running);

/** The processes whose parent it is, and theirs. */
export async function descendantsOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = text.split(' ').filter(Boolean).map(Number);
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
}

export const uidOf = async (pid: number): Promise<number> =>
  Number(/^Uid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]);

export interface Held {
  postmaster: number;
  adminUrl: string;
  dataDir: string;
  watchdog: number;
  deaf: number;
}

/** Runs `programs/hold-postgres.ts` in a process of its own, optionally as another user. */
export async function holdPostgres(args: string[] = [], account?: { uid: number; gid: number }) {
  const script = fileURLToPath(new URL('./programs/hold-postgres.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ['--no-warnings', script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' },
    ...account,
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const lines = createInterface({ input: child.stdout! });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    once(child, 'exit').then(() => Promise.reject(new Error(`the holder ended: ${errors}`))),
  ]);
  return { child, held: JSON.parse(line) as Held };
}
