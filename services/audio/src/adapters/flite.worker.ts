import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { readWav } from '../speech/wav.ts';
import type { FliteAnswer, FliteJob, FliteWorkerData } from './flite-protocol.ts';
import { MemoryWasi } from './memory-wasi.ts';

// Flite blocks its thread, so it has one of its own. Whatever goes wrong here is not caught: it ends the thread, and the
// pool replaces it.
const port = parentPort;
if (!port) throw new Error('flite.worker.ts runs as a worker thread');
const { module } = workerData as FliteWorkerData;

// The threads that answer calls go first. Linux keeps a priority for each thread; elsewhere it is the whole process's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

interface Prepared {
  readonly wasi: MemoryWasi;
  readonly instance: WebAssembly.Instance;
}

function prepare(): Prepared {
  const wasi = new MemoryWasi();
  return { wasi, instance: new WebAssembly.Instance(module, wasi.imports) };
}

function speak({ wasi, instance }: Prepared, { text, voice, speed }: FliteJob): FliteAnswer {
  wasi.writeFile('/text', new TextEncoder().encode(text));
  const stretch = `duration_stretch=${(1 / speed).toFixed(4)}`;
  // The text goes in as a file: as an argument, one that begins with "-" would be read as an option.
  wasi.args = ['flite', '-voice', voice, '--setf', stretch, '-f', '/text', '-o', '/sound'];
  const code = wasi.run(instance);
  const sound = wasi.readFile('/sound');
  if (code !== 0 || !sound) throw new Error(`flite ended with code ${code}: ${wasi.output.trim()}`);
  return { type: 'spoken', ...readWav(sound) };
}

// A program runs once per instance. After an answer is out, off the path of any call and with nothing of the spent
// instance left on the stack, it is collected (V8 would keep several of them, 20 MB each) and the next one is made.
let next: Prepared | undefined = prepare();
const renew = (): void => {
  globalThis.gc?.();
  next ??= prepare();
};

port.on('message', (job: FliteJob) => {
  const answer = speak(next ?? prepare(), job);
  next = undefined;
  port.postMessage(answer, answer.type === 'spoken' ? [answer.samples.buffer] : []);
  setImmediate(renew);
});
port.postMessage({ type: 'ready' } satisfies FliteAnswer);
