import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a launcher tells its watchdog, one JSON line each. */
export type WatchdogOrder =
  /** A process that leads its own group. It is asked to end, then killed with its group. */
  | { type: 'process'; pid: number }
  /** A postmaster: stopped at once (as `pg_ctl stop -m immediate` does), after the processes. */
  | { type: 'postmaster'; pid: number }
  /** A directory to remove at the very end. */
  | { type: 'directory'; path: string }
  /** The process or directory is dealt with. */
  | { type: 'forget'; pid?: number; path?: string };

/** Cleans up after a launcher that died without doing it itself. */
export interface Watchdog {
  readonly pid: number;
  tell(order: WatchdogOrder): void;
  /** Lets it go; it cleans up whatever it was told of and not told to forget. */
  close(): Promise<void>;
}

/**
 * Starts the watchdog: a process in its own session (no signal of the terminal reaches it) that reads a pipe only
 * this process holds. The kernel closes the pipe however this process ends, SIGKILL included, and that is its cue.
 */
export function openWatchdog(): Watchdog {
  const script = fileURLToPath(new URL(`./watchdog.main${extname(import.meta.url)}`, import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', script], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  const closed = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const pipe = child.stdin as Socket;
  // Without a listener a watchdog that was killed would take the launcher along (EPIPE).
  pipe.on('error', () => {});
  child.unref();
  pipe.unref();
  return {
    pid: child.pid ?? 0,
    tell: (order) => void pipe.write(`${JSON.stringify(order)}\n`),
    close: async () => {
      child.ref();
      pipe.end();
      await closed;
    },
  };
}
