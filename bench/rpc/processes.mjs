// Servers and the load client as processes that answer commands; every one is stopped by its own pid.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const START_LIMIT_MS = 20_000;
const COMMAND_LIMIT_MS = 60_000;
const children = new Set();

function start(file, args) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // Nothing but errors may be written by a server that is measured.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  children.add(child);
  const waiting = new Map();
  let nextId = 1;
  const limited = (id, what, limitMs) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${file} ${args[0] ?? ''}: no ${what} in ${limitMs} ms`)),
        limitMs,
      );
      waiting.set(id, {
        resolve: (value) => {
          clearTimeout(timer);
          resolve(value);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
    });
  child.on('message', ({ id, ready, result, failed }) => {
    const entry = waiting.get(ready === undefined ? id : 0);
    waiting.delete(ready === undefined ? id : 0);
    if (failed === undefined) entry?.resolve(ready ?? result);
    else entry?.reject(new Error(failed));
  });
  child.on('exit', (code, signal) => {
    children.delete(child);
    for (const { reject } of waiting.values()) reject(new Error(`${file} ${args[0] ?? ''} ended: ${code ?? signal}`));
  });
  const ready = limited(0, 'start', START_LIMIT_MS);
  const ask = (command, options, limitMs = COMMAND_LIMIT_MS) => {
    const id = nextId++;
    const answer = limited(id, command, limitMs);
    child.send({ id, command, options });
    return answer;
  };
  return { ready, ask, pid: child.pid };
}

export async function startServer(variant, options = {}) {
  const { ready, ask, pid } = start('./server.mjs', [variant, JSON.stringify(options)]);
  const { port } = await ready;
  return { name: variant, port, pid, ask };
}

export async function startClient() {
  const { ready, ask, pid } = start('./client.mjs', []);
  await ready;
  return { pid, ask };
}

/** Ends every process that was started. */
export function stopAll() {
  for (const child of children) child.kill('SIGKILL');
}
