import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { signalTo, startOf, waitUntilGone } from './identity.ts';
import { LineSplitter, parseLine } from './line-splitter.ts';
import { ProcessError } from './process-error.ts';
import type { Watchdog } from './watchdog.ts';

/** A Node program that serves on a port and says which in a line `{"event":"listening","port":…}`. */
export interface ProcessSpec {
  name: string;
  /** The file to run. */
  entry: string;
  /** Its whole environment. */
  env: Record<string, string>;
}

export interface ProcessOptions {
  watchdog: Watchdog;
  /** Answers once the process serves; rejects when it will not. */
  ready: (address: string, signal: AbortSignal) => Promise<void>;
  /** Every line of standard output and standard error. */
  onLine?: (line: OutputLine) => void;
  /** Cancels the start. */
  signal?: AbortSignal;
  startLimitMs?: number;
}

export interface OutputLine {
  process: string;
  text: string;
  /** The line as an object, when it is one. */
  json: Record<string, unknown> | undefined;
}

/** How a process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  readonly host: string;
  readonly port: number;
  /** Settles when it ends, for whatever reason. */
  readonly ended: Promise<Ending>;
  /** Asks it to end (SIGTERM), and kills it with its group after the limit. */
  stop(limitMs: number): Promise<void>;
}

const START_LIMIT_MS = 20_000;
const TAIL_LINES = 12;

/** Starts a process in its own group and waits until it serves. */
export async function startProcess(spec: ProcessSpec, options: ProcessOptions): Promise<RunningProcess> {
  const child = spawn(process.execPath, [spec.entry], {
    env: spec.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(spec.name, child, options.onLine);
  const ended = endingOf(child);
  if (child.pid === undefined) throw new ProcessError(spec.name, `${spec.name} cannot be run: ${spec.entry}`);
  const { pid } = child;
  options.watchdog.tell({ type: 'process', pid });
  void ended.then(() => options.watchdog.tell({ type: 'forget', pid }));
  const stop = (limitMs: number) => end(pid, limitMs);
  try {
    const port = await waitForService(spec, options, output, ended);
    return { name: spec.name, pid, host: '127.0.0.1', port, ended, stop };
  } catch (error) {
    await stop(0);
    throw error;
  }
}

interface Output {
  /** The port it says it listens on. */
  listening: Promise<number>;
  /** The last lines it printed. */
  tail: string[];
}

function collect(name: string, child: ChildProcess, onLine?: (line: OutputLine) => void): Output {
  const tail: string[] = [];
  const { promise: listening, resolve } = Promise.withResolvers<number>();
  const take = (text: string) => {
    const json = parseLine(text);
    tail.push(readable(text, json));
    if (tail.length > TAIL_LINES) tail.shift();
    if (json?.['event'] === 'listening') resolve(Number(json['port']));
    onLine?.({ process: name, text, json });
  };
  for (const stream of [child.stdout, child.stderr]) if (stream) readLines(stream, take);
  return { listening, tail };
}

/** What a log line says to a person. */
function readable(text: string, json: Record<string, unknown> | undefined): string {
  const said = json?.['msg'] ?? json?.['event'];
  return typeof said === 'string' ? said : text;
}

function readLines(stream: Readable, take: (text: string) => void): void {
  const splitter = new LineSplitter();
  stream.on('data', (chunk: Buffer) => splitter.push(chunk).forEach(take));
  stream.on('end', () => splitter.end().forEach(take));
}

export function endingOf(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    const { exitCode: code, signalCode: signal } = child;
    if (code !== null || signal !== null) resolve({ code, signal });
    // `close` comes after the last line was read, `exit` may come before.
    child.once('close', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
}

async function waitForService(
  spec: ProcessSpec,
  options: ProcessOptions,
  output: Output,
  ended: Promise<Ending>,
): Promise<number> {
  const limitMs = options.startLimitMs ?? START_LIMIT_MS;
  const over = new AbortController();
  const limit = AbortSignal.any([AbortSignal.timeout(limitMs), ...(options.signal ? [options.signal] : [])]);
  const failed = Promise.race([
    once(limit, 'abort', { signal: over.signal }).then(() => {
      options.signal?.throwIfAborted();
      throw new ProcessError(spec.name, `${spec.name} does not serve after ${limitMs / 1000} s.${said(output)}`);
    }),
    ended.then(({ code, signal }) => {
      const how = signal ?? `exit code ${code}`;
      throw new ProcessError(spec.name, `${spec.name} ended at its start (${how}).${said(output)}`);
    }),
  ]);
  // After the start nobody waits for it any more.
  failed.catch(() => {});
  try {
    limit.throwIfAborted();
    const port = await Promise.race([output.listening, failed]);
    await Promise.race([options.ready(`127.0.0.1:${port}`, AbortSignal.any([limit, over.signal])), failed]);
    return port;
  } finally {
    over.abort();
  }
}

const said = ({ tail }: Output): string => (tail.length === 0 ? '' : ` It said:\n${tail.join('\n')}`);

async function end(pid: number, limitMs: number): Promise<void> {
  const start = await startOf(pid);
  if (start === undefined) return;
  if (limitMs > 0) {
    signalTo(pid, 'SIGTERM');
    if (await waitUntilGone(pid, start, limitMs)) return;
  }
  signalTo(-pid, 'SIGKILL');
  await waitUntilGone(pid, start, 2000);
}
