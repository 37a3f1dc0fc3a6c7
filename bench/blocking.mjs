// The side of a thread that blocks: see blocked-worker.mjs.
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';

/** Stands still until the main thread has got it. */
function ask(port, method, given) {
  parentPort.postMessage({ type: 'ask', port, method, given });
  Atomics.wait(workerData.bell, 0, 0);
  Atomics.store(workerData.bell, 0, 0);
  const { value, failed } = receiveMessageOnPort(parentPort).message;
  if (failed !== undefined) throw new Error(failed);
  return value;
}

/** Methods of a port of the main thread. Their promises are settled when they are handed out. */
export const blocking = (port) =>
  new Proxy(
    {},
    {
      get:
        (_, method) =>
        async (...given) =>
          ask(port, method, given),
    },
  );

/** Serves jobs, one at a time; `make` is given the call of each, of which only the time is known here. */
export function serveBlocked(make) {
  const serve = async ({ remainingMs, ...job }) => {
    const end = performance.now() + remainingMs;
    const call = { signal: new AbortController().signal, remainingMs: () => end - performance.now() };
    try {
      parentPort.postMessage({ type: 'done', value: await make(job, call) });
    } catch (error) {
      parentPort.postMessage({ type: 'failed', value: error.stack });
    }
  };
  parentPort.on('message', (job) => void serve(job));
}
