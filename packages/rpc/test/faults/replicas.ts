import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./replica.main.ts', import.meta.url));
const LOADER = new URL('./from-source.mjs', import.meta.url).href;
const FLAGS = ['--no-warnings', '--conditions=exempla:source', '--import', LOADER];

/** A server in a process of its own. */
export interface Replica extends AsyncDisposable {
  readonly port: number;
  /** Sends a signal and gives the exit code, or null when the signal killed it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** What a replica holds, after garbage is collected. */
export interface ReplicaMemory {
  heldBytes: number;
  residentBytes: number;
  inFlight: number;
}

export interface ReplicaOptions {
  /** Every call but of its memory fails with UNAVAILABLE. */
  bad?: boolean;
  host?: string;
  port?: number;
  maxConnectionAgeMs?: number;
}

export async function startReplica(name: string, options: ReplicaOptions = {}): Promise<Replica> {
  const child = spawn(process.execPath, [...FLAGS, PROGRAM, JSON.stringify({ name, ...options })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close') as Promise<[number | null]>;
  const port = await Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => Number(line)),
    closed.then(([code]) => Promise.reject(new Error(`replica ${name} ended with ${String(code)}`))),
  ]);
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (isAlive(child)) child.kill(signal);
    return (await closed)[0];
  };
  return { port, end, [Symbol.asyncDispose]: async () => void (await end('SIGKILL')) };
}

const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;
