import { extname } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Pcm } from '../speech/index.ts';
import type { FliteAnswer, FliteJob, FliteWorkerData } from './flite-protocol.ts';

export type SpawnThread = () => Worker;

export interface ThreadListener {
  /** It may be given its first job. */
  onReady(): void;
  /** It ended by itself, or was killed by somebody else. */
  onDeath(cause: unknown): void;
}

/** Starts worker threads that share one compiled module. */
export const spawnFlite =
  (module: WebAssembly.Module): SpawnThread =>
  () => {
    // Threads started from now on have `gc()`; the worker says why it wants it.
    setFlagsFromString('--expose-gc');
    const file = new URL(`./flite.worker${extname(import.meta.url)}`, import.meta.url);
    return new Worker(file, { name: 'flite', workerData: { module } satisfies FliteWorkerData });
  };

/** One worker thread and what it is doing. */
export class FliteThread {
  /** It has come up; before that it cannot be given a job. */
  wasReady = false;
  readonly #worker: Worker;
  readonly #exited: Promise<void>;
  #onPcm: ((pcm: Pcm) => void) | undefined;

  constructor(spawn: SpawnThread, listener: ThreadListener) {
    this.#worker = spawn();
    this.#worker.on('message', (answer: FliteAnswer) => this.#onAnswer(answer, listener));
    let cause: unknown;
    this.#worker.on('error', (error) => (cause = error));
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        resolve();
        listener.onDeath(cause ?? new Error(`a flite thread exited with code ${code}`));
      });
    });
  }

  /** Makes one piece. The thread must be ready and not busy. */
  speak(job: FliteJob, onPcm: (pcm: Pcm) => void): void {
    this.#onPcm = onPcm;
    this.#worker.postMessage(job);
  }

  /** Ends the thread, also in the middle of a piece; resolves when it is gone. */
  async end(): Promise<void> {
    await this.#worker.terminate();
    await this.#exited;
  }

  #onAnswer(answer: FliteAnswer, listener: ThreadListener): void {
    if (answer.type === 'ready') {
      this.wasReady = true;
      listener.onReady();
      return;
    }
    const onPcm = this.#onPcm;
    this.#onPcm = undefined;
    onPcm?.({ samples: answer.samples, sampleRateHz: answer.sampleRateHz });
  }
}
