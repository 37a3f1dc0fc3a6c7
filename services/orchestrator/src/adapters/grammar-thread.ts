import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { GrammarAnswer, GrammarJob, GrammarReply } from './grammar-protocol.ts';

interface Task {
  readonly job: GrammarJob;
  readonly resolve: (answer: GrammarAnswer) => void;
  readonly reject: (reason: unknown) => void;
}

const WORKER = new URL(`./grammar.worker${extname(import.meta.url)}`, import.meta.url);

/** It inherits no flags of the process, such as `--eval`. */
const spawnGrammar = (): Worker => new Worker(WORKER, { name: 'grammar', execArgv: [] });

/**
 * One thread that writes and judges, one job at a time. A job whose caller has gone is taken out of the line; one that is
 * being done takes a few milliseconds and is not waited for. A thread that dies fails its own job and is replaced.
 */
export class GrammarThread {
  readonly #spawn: () => Worker;
  readonly #line: Task[] = [];
  #running: Task | undefined;
  #worker: Worker | undefined;
  #isReady = false;
  #closed = false;

  constructor(spawn: () => Worker = spawnGrammar) {
    this.#spawn = spawn;
  }

  /** Resolves when it has written once, so that the first caller does not wait for what only the first has to. */
  async start(): Promise<void> {
    const worker = this.#hire();
    await new Promise<void>((resolve, reject) => {
      worker.once('message', () => resolve());
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`the story thread ended with code ${code} before it was ready`)));
    });
  }

  /** Of the thread that works now; undefined when there is none. */
  get threadId(): number | undefined {
    return this.#worker?.threadId;
  }

  /** Jobs that wait. */
  get waiting(): number {
    return this.#line.length;
  }

  /** Rejects with the signal's reason as soon as it aborts. */
  async ask(job: GrammarJob, signal: AbortSignal): Promise<GrammarAnswer> {
    if (this.#closed) throw new Error('the story thread was used after close');
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<GrammarAnswer>();
    const task: Task = { job, resolve, reject };
    const leave = (): void => {
      const at = this.#line.indexOf(task);
      if (at >= 0) this.#line.splice(at, 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', leave, { once: true });
    this.#line.push(task);
    this.#next();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** Resolves when the thread has ended. What was asked and not answered fails. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }

  #next(): void {
    if (this.#running || this.#line.length === 0) return;
    const worker = this.#worker ?? this.#hire();
    if (!this.#isReady) return;
    this.#running = this.#line.shift();
    if (this.#running) worker.postMessage(this.#running.job);
  }

  #hire(): Worker {
    const worker = this.#spawn();
    this.#worker = worker;
    this.#isReady = false;
    let cause: unknown;
    worker.on('message', (reply: GrammarReply) => this.#hear(reply));
    worker.on('error', (error) => (cause = error));
    worker.once('exit', () => this.#bury(cause));
    return worker;
  }

  #hear(reply: GrammarReply): void {
    const task = this.#running;
    this.#running = undefined;
    if (reply.type === 'ready') this.#isReady = true;
    else if (reply.type === 'failed') task?.reject(new Error(`the story grammar failed: ${reply.message}`));
    else task?.resolve(reply);
    this.#next();
  }

  /** One that never came up fails all who wait, so that nobody waits for the next one to do the same. */
  #bury(cause: unknown): void {
    const lost = [this.#running, ...(this.#isReady && !this.#closed ? [] : this.#line.splice(0))];
    this.#running = undefined;
    this.#worker = undefined;
    for (const task of lost) task?.reject(new Error('the story thread ended in the middle of its work', { cause }));
    if (!this.#closed) this.#next();
  }
}
