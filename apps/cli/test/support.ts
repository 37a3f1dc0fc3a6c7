import { spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRunning } from '@exempla/launch';

export const isRoot = process.geteuid?.() === 0;

export interface Account {
  uid: number;
  gid: number;
}

/** A working directory, private unless said otherwise, removed at the end of the block. */
export async function workingDirectory(account?: Account, mode = 0o700): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'cli-test-'));
  await chmod(path, mode);
  if (account) await chown(path, account.uid, account.gid);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** A program of the CLI that runs, as it was built. */
export interface Program {
  pid: number;
  stdout(): string;
  stderr(): string;
  /** The processes it says it has started, by name. */
  started(): Map<string, number>;
  /** Settles when its output (both streams) matches; rejects when it ends before. */
  says(pattern: RegExp): Promise<void>;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; ms: number }>;
  kill(signal: NodeJS.Signals): void;
}

export interface RunOptions {
  cwd: string;
  account?: Account;
  env?: Record<string, string>;
  /** Stops reading standard error after its first output, as `2>&1 | head -1` does. */
  leavesStderr?: boolean;
  /** Runs where there is no network but a loopback of its own; for root on Linux. */
  isolated?: boolean;
}

/** Whether `isolated` can be had here. */
export const canIsolate = isRoot && (await isolates());

function isolates(): Promise<boolean> {
  const [program, args] = isolatedLine('true', []);
  const child = spawn(program, args, { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** The same process in the end: neither program stays. */
function isolatedLine(program: string, args: readonly string[]): [string, string[]] {
  return ['unshare', ['--net', 'sh', '-c', 'ip link set lo up && exec "$0" "$@"', program, ...args]];
}

export function run(
  name: 'demo' | 'up' | 'reset' | 'exempla',
  args: readonly string[],
  { cwd, account, env, leavesStderr, isolated }: RunOptions,
): Program {
  const entry = fileURLToPath(new URL(`../dist/${name}.main.js`, import.meta.url));
  const began = performance.now();
  const direct: [string, string[]] = [process.execPath, [entry, ...args]];
  const [program, line] = isolated ? isolatedLine(...direct) : direct;
  const child = spawn(program, line, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  });
  const output = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const take = (key: 'out' | 'err') => (chunk: Buffer) => {
    output[key] += chunk.toString();
    listeners.forEach((listener) => listener());
  };
  child.stdout.on('data', take('out'));
  child.stderr.on('data', take('err'));
  if (leavesStderr) child.stderr.once('data', () => child.stderr.destroy());
  const ended = new Promise<Awaited<Program['ended']>>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ms: performance.now() - began }));
  });
  const says = (pattern: RegExp) => {
    const heard = new Promise<void>((resolve) => {
      const check = () => {
        if (pattern.test(output.out + output.err)) resolve();
      };
      listeners.add(check);
      check();
    });
    const silent = ended.then(() => {
      if (!pattern.test(output.out + output.err)) throw new Error(`ended without ${pattern}: ${output.err}`);
    });
    return Promise.race([heard, silent]);
  };
  return {
    pid: child.pid!,
    stdout: () => output.out,
    stderr: () => output.err,
    started: () =>
      new Map([...output.err.matchAll(/^ {2}(\w+) +port \d+, pid (\d+)/gm)].map(([, n, p]) => [n!, Number(p)])),
    says,
    ended,
    kill: (signal) => void child.kill(signal),
  };
}

/** Polls until none of them runs; says whether that was within the limit. */
export async function goneWithin(limitMs: number, pids: Iterable<number>): Promise<boolean> {
  const all = [...pids];
  const end = performance.now() + limitMs;
  for (;;) {
    const running = await Promise.all(all.map((pid) => isRunning(pid)));
    if (!running.includes(true)) return true;
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
