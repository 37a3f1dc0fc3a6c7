import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const LOOK_MS = 20;

/** Physical memory a process has, in bytes. */
export async function residentBytes(pid: number): Promise<number> {
  if (process.platform !== 'linux') {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return Number(stdout) * 1024;
  }
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** The most physical memory that each process has while `work` runs, in bytes, in the order of `pids`. */
export async function mostResidentWhile<T>(
  pids: readonly number[],
  work: () => Promise<T>,
): Promise<{ result: T; most: number[] }> {
  const most = pids.map(() => 0);
  const look = async (): Promise<void> => {
    const now = await Promise.all(pids.map(residentBytes));
    for (const [index, bytes] of now.entries()) most[index] = Math.max(most[index]!, bytes);
  };
  await look();
  const timer = setInterval(() => void look().catch(() => {}), LOOK_MS);
  try {
    const result = await work();
    await look();
    return { result, most };
  } finally {
    clearInterval(timer);
  }
}
