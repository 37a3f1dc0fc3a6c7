// Three ways to serve GenerateStory; what they do is the product's own use case, `generateStory`.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Worker } from 'node:worker_threads';
import { generateStory } from '../../services/orchestrator/dist/stories/index.js';

/** As the product does. */
const asynchronous = (ports) => (request, call) => generateStory(request, call, ports);

/** The same code with concurrency 1: a request begins when the one before is answered. */
function inTurn(ports) {
  let last = Promise.resolve();
  return (request, call) => {
    const next = last.then(() => generateStory(request, call, ports));
    last = next.catch(() => {});
    return next;
  };
}

/** A thread for each request, which blocks while it waits, as synchronous code does; it ends with its request. */
function workerPerRequest(ports, provider) {
  return async (request, call) => {
    const worker = new BlockedWorker(provider);
    try {
      return await worker.run(request, call, ports);
    } finally {
      await worker.end();
    }
  };
}

/** The same, with threads that are kept for the next request: as many as ever were in flight. */
function keptWorkers(ports, provider) {
  const idle = [];
  return async (request, call) => {
    const worker = idle.pop() ?? new BlockedWorker(provider);
    try {
      return await worker.run(request, call, ports);
    } finally {
      idle.push(worker);
    }
  };
}

export const WAYS = { async: asynchronous, inTurn, blocked: workerPerRequest, kept: keptWorkers };

/** What its code waits for, the main thread gets for it. */
class BlockedWorker {
  #bell = new Int32Array(new SharedArrayBuffer(4));
  #worker;

  /** `drafts`: what its stand-in for a provider gives; `byModel`: the writer of the main thread is asked in its place. */
  constructor({ drafts, byModel }) {
    const workerData = { bell: this.#bell, drafts, byModel };
    this.#worker = new Worker(new URL('./blocked.worker.mjs', import.meta.url), { workerData });
  }

  end() {
    return this.#worker.terminate();
  }

  /** What the main thread could not get: with it the request fails, as it is, and not as what a thread can be sent. */
  #failure;

  run(request, call, ports) {
    this.#failure = undefined;
    // What a thread says arrives in the context of whoever started it; what is asked for it is asked in the call's own.
    const inCall = AsyncLocalStorage.snapshot();
    return new Promise((resolve, reject) => {
      this.#worker.removeAllListeners();
      this.#worker.once('error', reject);
      this.#worker.on('message', ({ type, value, port, method, given }) => {
        if (type === 'done') resolve(value);
        else if (type === 'failed') reject(this.#failure ?? new Error(value));
        else
          void inCall(() => {
            const asked = port === 'writer' ? ports.writers[0] : ports[port];
            return this.#answer(this.#withSignal(port, method, given, call), asked[method].bind(asked));
          });
      });
      this.#worker.postMessage({ request, remainingMs: call.remainingMs() });
    });
  }

  /** A signal cannot be sent to a thread; that of the call stands for the one the thread had. */
  #withSignal(port, method, given, { signal }) {
    if (port === 'writer')
      return [
        { ...given[0], onText: () => {} },
        { ...given[1], signal },
      ];
    return port === 'narrator' && method === 'narrate' ? [given[0], { ...given[1], signal }] : given;
  }

  async #answer(given, ask) {
    const answer = await ask(...given).then(
      (value) => ({ value }),
      (error) => {
        this.#failure = error;
        return { failed: error.message };
      },
    );
    this.#worker.postMessage(answer);
    Atomics.store(this.#bell, 0, 1);
    Atomics.notify(this.#bell, 0);
  }
}
