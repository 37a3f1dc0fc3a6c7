import { readdir, readlink } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openHandles } from './handles.ts';

/** What a process holds that does not go away by itself. */
export interface Holdings {
  /** Active resources, by kind. */
  resources: Record<string, number>;
  /** Open sockets, as the kernel counts them. */
  sockets: number;
  /** Threads, as the kernel counts them. */
  threads: number;
}

/** What this process holds now, after garbage is collected. */
export async function holdings(): Promise<Holdings> {
  collectGarbage();
  const [resources, sockets, threads] = [openHandles(), await openSockets(), await readdir('/proc/self/task')];
  return { resources, sockets, threads: threads.length };
}

async function openSockets(): Promise<number> {
  const names = await readdir('/proc/self/fd');
  // A descriptor may be closed between the list and the look.
  const links = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return links.filter((link) => link.startsWith('socket:')).length;
}

let gc: (() => void) | undefined;

/** Collects all garbage, whether or not the process was started with `--expose-gc`. */
export function collectGarbage(): void {
  if (!gc) {
    setFlagsFromString('--expose-gc');
    gc = runInNewContext('gc') as () => void;
  }
  gc();
}

/** Keeps the warnings of the process, such as of too many listeners. */
export function recordWarnings(): Disposable & { readonly warnings: readonly Error[] } {
  const warnings: Error[] = [];
  const keep = (warning: Error): void => void warnings.push(warning);
  process.on('warning', keep);
  return { warnings, [Symbol.dispose]: () => void process.off('warning', keep) };
}
