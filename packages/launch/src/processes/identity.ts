import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * When a process began, in a form that only compares for equality; `undefined` when it is gone or a zombie.
 * A pid with its start is an identity: the pid alone may have been given to a stranger since.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  if (!Number.isInteger(pid) || pid <= 1) return undefined;
  return process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
}

async function startOnLinux(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command name stands in parentheses and may hold blanks; the state is the first field after it,
  // the start time the 20th (proc_pid_stat(5): fields 3 and 22).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  return !state || state === 'Z' || state === 'X' ? undefined : fields[19];
}

async function startByPs(pid: number): Promise<string | undefined> {
  const result = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  const line = result.stdout.trim();
  return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '');
}

/** Whether the process runs; with `start`, whether it is still that same process. */
export async function isRunning(pid: number, start?: string): Promise<boolean> {
  const now = await startOf(pid);
  return now !== undefined && (start === undefined || now === start);
}

/** Waits until a process is gone, at most `limitMs`; says whether it is. */
export async function waitUntilGone(pid: number, start: string | undefined, limitMs: number): Promise<boolean> {
  const end = performance.now() + limitMs;
  while (await isRunning(pid, start)) {
    if (performance.now() >= end) return false;
    await sleep(20);
  }
  return true;
}

/** Sends a signal to a process, or with a negative pid to its group; a process that is gone is no error. */
export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether the process is there and one we may end. */
export function maySignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
