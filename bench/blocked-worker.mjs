// A thread that serves one request at a time and stands still whenever it waits; what its code waits for, the main thread gets for it.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Worker } from 'node:worker_threads';

/** The side of the main thread. */
export class BlockedWorker {
  #bell = new Int32Array(new SharedArrayBuffer(4));
  #worker;
  /** What the main thread could not get: with it the request fails, as it is, and not as what a thread can be sent. */
  #failure;

  /** `file`: a URL of a module that calls `serveBlocked` of blocking.mjs. */
  constructor(file, workerData) {
    this.#worker = new Worker(file, { workerData: { ...workerData, bell: this.#bell } });
  }

  end() {
    return this.#worker.terminate();
  }

  /** Hands the thread a job; `get({ port, method, given })` gets what it asks for. */
  run(job, get) {
    this.#failure = undefined;
    // What a thread says arrives in the context of whoever started it; what is asked for it is asked in the call's own.
    const inCall = AsyncLocalStorage.snapshot();
    return new Promise((resolve, reject) => {
      this.#worker.removeAllListeners();
      this.#worker.once('error', reject);
      this.#worker.on('message', ({ type, value, ...asked }) => {
        if (type === 'done') resolve(value);
        else if (type === 'failed') reject(this.#failure ?? new Error(value));
        else void inCall(() => this.#answer(get, asked));
      });
      this.#worker.postMessage(job);
    });
  }

  async #answer(get, asked) {
    const answer = await get(asked).then(
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

/** One thread for each request: it ends with its request. */
export function workerPerRequest(start) {
  return async (run) => {
    const worker = start();
    try {
      return await run(worker);
    } finally {
      await worker.end();
    }
  };
}
