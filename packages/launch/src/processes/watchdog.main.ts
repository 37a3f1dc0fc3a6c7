import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseLine } from './line-splitter.ts';
import { signalTo, startOf, waitUntilGone } from './identity.ts';
import type { WatchdogOrder } from './watchdog.ts';

// Runs as a process of its own, see openWatchdog. All limits together stay below five seconds.
const POLITE_LIMIT_MS = 1500;
const POSTMASTER_LIMIT_MS = 1500;
const KILL_LIMIT_MS = 1000;

const processes = new Map<number, Promise<string | undefined>>();
const postmasters = new Map<number, Promise<string | undefined>>();
const directories = new Set<string>();

function obey(order: WatchdogOrder): void {
  if (order.type === 'process') processes.set(order.pid, startOf(order.pid));
  if (order.type === 'postmaster') postmasters.set(order.pid, startOf(order.pid));
  if (order.type === 'directory') directories.add(order.path);
  if (order.type !== 'forget') return;
  if (order.pid !== undefined) {
    processes.delete(order.pid);
    postmasters.delete(order.pid);
  }
  if (order.path !== undefined) directories.delete(order.path);
}

/** Asks, waits, then kills the group. */
async function end(pid: number, start: string | undefined, ask: NodeJS.Signals, limitMs: number): Promise<void> {
  if (start === undefined || (await startOf(pid)) !== start) return;
  signalTo(pid, ask);
  if (await waitUntilGone(pid, start, limitMs)) return;
  signalTo(-pid, 'SIGKILL');
  await waitUntilGone(pid, start, KILL_LIMIT_MS);
}

async function endAll(guarded: Map<number, Promise<string | undefined>>, ask: NodeJS.Signals, limitMs: number) {
  await Promise.allSettled([...guarded].map(async ([pid, start]) => end(pid, await start, ask, limitMs)));
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
for await (const line of createInterface({ input: process.stdin })) {
  // A launcher that was killed may leave half a line.
  const order = parseLine(line);
  if (order) obey(order as unknown as WatchdogOrder);
}

await endAll(processes, 'SIGTERM', POLITE_LIMIT_MS);
// SIGQUIT is the immediate shutdown; the next start replays the log, so durable data stays whole.
await endAll(postmasters, 'SIGQUIT', POSTMASTER_LIMIT_MS);
await Promise.allSettled([...directories].map((path) => rm(path, { recursive: true, force: true, maxRetries: 5 })));
process.exit(0);
