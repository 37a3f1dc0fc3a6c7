import { readdir, readlink } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { eventually } from './eventually.ts';
import { openHandles } from './handles.ts';

/** What a process holds that does not go away by itself. */
export type Holdings = {
  /** Active resources, by kind. */
  resources: Record<string, number>;
  /** Open sockets, as the kernel counts them. */
  sockets: number;
  /** Threads, as the kernel counts them. */
  threads: number;
};

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

/** Counts by name, in groups or alone. */
export interface Counts {
  [name: string]: number | Counts;
}

/**
 * What is more than before, as `name: [before, now]`; empty when nothing leaked. What is less has ended by itself, such
 * as a timer of the spec that ran before in this process.
 */
export function grownSince(before: Counts, now: Counts): Record<string, [before: number, now: number]> {
  const [old, all] = [flat(before), flat(now)];
  const more = [...all].filter(([name, count]) => count > (old.get(name) ?? 0));
  return Object.fromEntries(more.map(([name, count]) => [name, [old.get(name) ?? 0, count]]));
}

const flat = (counts: Counts, path = ''): Map<string, number> =>
  new Map(
    Object.entries(counts).flatMap(([name, count]) =>
      typeof count === 'number' ? [[path + name, count] as const] : [...flat(count, `${path}${name}.`)],
    ),
  );

/** Resolves as soon as nothing is held that was not before; rejects, and says what is, when it still is after a while. */
export async function nothingMore(look: () => Promise<Counts>, before: Counts, limitMs = 20_000): Promise<void> {
  let more = {};
  const over = async (): Promise<boolean> => Object.keys((more = grownSince(before, await look()))).length === 0;
  await eventually('nothing is held that was not before', over, limitMs).catch((cause: unknown) => {
    throw new Error(`held after ${limitMs} ms and not before: ${JSON.stringify(more)}`, { cause });
  });
}

/** Keeps the warnings of the process, such as of too many listeners. */
export function recordWarnings(): Disposable & { readonly warnings: readonly Error[] } {
  const warnings: Error[] = [];
  const keep = (warning: Error): void => void warnings.push(warning);
  process.on('warning', keep);
  return { warnings, [Symbol.dispose]: () => void process.off('warning', keep) };
}
