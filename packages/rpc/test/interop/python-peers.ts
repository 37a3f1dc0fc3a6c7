import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Seen } from './cases.ts';
import { IMAGE } from './our-server.ts';
import type { InteropServer } from './peers.ts';

const run = promisify(execFile);
/** Debian's, whatever other Python is in the path: the grpcio of its packages belongs to it. */
const PYTHON = '/usr/bin/python3';
const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
/** Leaves no compiled files beside the sources. */
const FLAGS = ['-B'];

/** Why Python cannot take part, or undefined when it can. */
export const pythonMissing = (): Promise<string | undefined> =>
  run(PYTHON, ['-c', 'import grpc, google.protobuf']).then(
    () => undefined,
    (error: Error) => error.message.trim(),
  );

export async function startPython(): Promise<InteropServer> {
  const server = spawn(PYTHON, [...FLAGS, pathOf('./interop_server.py'), fileURLToPath(IMAGE)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(server, 'close');
  const lines = createInterface(server.stdout);
  const port = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    closed.then(([code]) => Promise.reject(new Error(`the server in Python ended with ${String(code)}`))),
  ]);
  const stop = async (): Promise<void> => {
    server.stdin.end();
    await closed;
  };
  return { target: `127.0.0.1:${port}`, [Symbol.asyncDispose]: stop };
}

/** Runs cases with grpcio and gives what it saw of each. */
export async function runPythonClient(
  target: string,
  relay: string,
  cases: readonly string[],
): Promise<Map<string, Seen[]>> {
  const args = [...FLAGS, pathOf('./interop_client.py'), fileURLToPath(IMAGE), target, relay, ...cases];
  const client = spawn(PYTHON, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(client.stdout), text(client.stderr), once(client, 'close')]);
  if (code !== 0) throw new Error(`the client in Python ended with ${String(code)}: ${err}`);
  const lines = out.trim().split('\n');
  return new Map(lines.map((line) => JSON.parse(line) as { name: string; seen: Seen[] }).map((l) => [l.name, l.seen]));
}
