// What is measured and what loads it, as processes that answer commands; every one is stopped by its own pid.
import { fork } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const START_LIMIT_MS = 20_000;
const COMMAND_LIMIT_MS = 60_000;
const children = new Set();

/** Resolves when the process of `file` (a URL) says that it is ready; `started` is what it says. */
export async function startProcess(file, args) {
  const child = fork(fileURLToPath(file), args, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // Nothing but errors may be written by a process that is measured.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  });
  children.add(child);
  const name = `${basename(child.spawnargs[2] ?? '')} ${args[0] ?? ''}`;
  const answers = new Answers(child, name);
  const started = await answers.of(0, 'start', START_LIMIT_MS);
  let nextId = 1;
  const ask = (command, options, limitMs = COMMAND_LIMIT_MS) => {
    const id = nextId++;
    const answer = answers.of(id, command, limitMs);
    child.send({ id, command, options });
    return answer;
  };
  return { started, ask, pid: child.pid };
}

class Answers {
  #waiting = new Map();
  #name;

  constructor(child, name) {
    this.#name = name;
    child.on('message', ({ id, ready, result, failed }) => {
      const key = ready === undefined ? id : 0;
      const entry = this.#waiting.get(key);
      this.#waiting.delete(key);
      if (failed === undefined) entry?.resolve(ready ?? result);
      else entry?.reject(new Error(`${name}: ${failed}`));
    });
    child.on('exit', (code, signal) => {
      children.delete(child);
      for (const { reject } of this.#waiting.values()) reject(new Error(`${name} ended: ${code ?? signal}`));
    });
  }

  of(id, what, limitMs) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.#name}: no ${what} in ${limitMs} ms`)), limitMs);
      const settle = (done) => (value) => {
        clearTimeout(timer);
        done(value);
      };
      this.#waiting.set(id, { resolve: settle(resolve), reject: settle(reject) });
    });
  }
}

/** Ends every process that was started. */
export function stopAll() {
  for (const child of children) child.kill('SIGKILL');
}

/** The other side: answers commands until the parent is gone; there is nothing to finish then. */
export function answerCommands(commands, ready) {
  process.on('disconnect', () => process.exit(0));
  process.on('message', ({ id, command, options }) => {
    Promise.resolve()
      .then(() => commands[command](options))
      .then(
        (result) => process.send({ id, result }),
        (error) => process.send({ id, failed: error.stack ?? String(error) }),
      );
  });
  process.send({ ready });
}
