import { SpeechError, type Pcm } from '../speech/index.ts';
import type { FliteJob } from './flite-protocol.ts';
import { FliteThread, type SpawnThread } from './flite-thread.ts';

export interface FlitePoolOptions {
  /** Pieces made at the same time. One thread more is kept warm. */
  readonly workers: number;
  /** Longest line a new call may join. */
  readonly maxWaiting: number;
}

/** Counters of a pool: of now, and since it started. */
export interface FlitePoolStats {
  /** Threads that run, busy or not. */
  readonly workersAlive: number;
  /** Threads that make sound now. */
  readonly busy: number;
  /** Ready threads beyond what the free places need: they take over at once from one that dies. */
  readonly spares: number;
  /** Pieces that wait for a thread. */
  readonly queue: number;
  readonly sentencesSynthesised: number;
  /** Pieces given up because their caller went away. */
  readonly cancelled: number;
  /** Pieces lost because their thread died. */
  readonly failed: number;
}

interface Task {
  readonly job: FliteJob;
  readonly resolve: (pcm: Pcm) => void;
  readonly reject: (reason: unknown) => void;
}

const SPARES = 1;
/** After so many threads in a row died before they were ready, nobody is kept waiting for the next. */
const MAX_FALSE_STARTS = 3;
const MAX_RESTART_DELAY_MS = 5_000;

/**
 * Threads that speak. All are alike: as many as there are places may be busy, the one left over is the warm spare.
 * A piece that is cancelled ends its thread (Flite cannot be asked to stop), and a new one is started for it.
 */
export class FlitePool {
  /** Resolves when the first thread has come up; rejects with ENGINE_FAILED when none does. */
  readonly ready: Promise<void>;
  readonly #firstReady = Promise.withResolvers<void>();
  readonly #options: FlitePoolOptions;
  readonly #spawn: SpawnThread;
  readonly #threads = new Set<FliteThread>();
  readonly #running = new Map<Task, FliteThread>();
  readonly #line: Task[] = [];
  readonly #restarts = new Set<NodeJS.Timeout>();
  readonly #totals = { sentencesSynthesised: 0, cancelled: 0, failed: 0 };
  #falseStarts = 0;
  #closed = false;

  constructor(spawn: SpawnThread, options: FlitePoolOptions) {
    this.#spawn = spawn;
    this.#options = options;
    this.ready = this.#firstReady.promise;
    // Who does not wait for it learns of a failure from the first call.
    this.ready.catch(() => {});
    for (let i = 0; i < options.workers + SPARES; i++) this.#startThread();
  }

  stats(): FlitePoolStats {
    const ready = this.#idle().length;
    const busy = this.#running.size;
    return {
      workersAlive: this.#threads.size,
      busy,
      spares: Math.max(0, ready - (this.#options.workers - busy)),
      queue: this.#line.length,
      ...this.#totals,
    };
  }

  /** Throws ENGINE_BUSY when the line is full: to be asked once per call, so that no call is refused in its middle. */
  admit(): void {
    this.#checkOpen();
    if (this.#line.length < this.#options.maxWaiting || this.#freePlaces() > 0) return;
    const [workers, waiting] = [String(this.#options.workers), String(this.#line.length)];
    const message = `all ${workers} speech workers are busy and ${waiting} pieces are waiting already`;
    throw new SpeechError('ENGINE_BUSY', message, { workers, waiting });
  }

  /** The sound of one piece. When `signal` aborts, it rejects with its reason and the thread is gone. */
  async run(job: FliteJob, signal: AbortSignal): Promise<Pcm> {
    this.#checkOpen();
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Pcm>();
    const task: Task = { job, resolve, reject };
    const onAbort = (): void => this.#cancel(task, signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#line.push(task);
    this.#dispatch();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Resolves when every thread has ended. What was running or waiting fails. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#restarts) clearTimeout(timer);
    this.#restarts.clear();
    for (const task of [...this.#line.splice(0), ...this.#running.keys()]) task.reject(closed());
    this.#running.clear();
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  #dispatch(): void {
    while (this.#line.length > 0 && this.#freePlaces() > 0) {
      const thread = this.#idle()[0];
      const task = thread && this.#line.shift();
      if (!task) return;
      this.#running.set(task, thread);
      thread.speak(task.job, (pcm) => this.#finish(task, pcm));
    }
  }

  #finish(task: Task, pcm: Pcm): void {
    const thread = this.#running.get(task);
    if (!thread) return;
    this.#running.delete(task);
    // It goes to the back: it prepares its next run while the one that has rested longest takes the next piece.
    this.#threads.delete(thread);
    this.#threads.add(thread);
    this.#totals.sentencesSynthesised++;
    task.resolve(pcm);
    this.#dispatch();
  }

  #cancel(task: Task, reason: unknown): void {
    const waiting = this.#line.indexOf(task);
    const thread = this.#running.get(task);
    if (waiting < 0 && !thread) return;
    this.#totals.cancelled++;
    task.reject(reason);
    if (waiting >= 0) this.#line.splice(waiting, 1);
    else if (thread) this.#replace(thread);
  }

  /** Gives up a thread that is busy with something nobody wants. Its place is free at once. */
  #replace(thread: FliteThread): void {
    this.#forget(thread);
    void thread.end();
    this.#startThread();
    this.#dispatch();
  }

  /** Takes the thread out of the pool and returns the task it was busy with. */
  #forget(thread: FliteThread): Task | undefined {
    this.#threads.delete(thread);
    for (const [task, busy] of this.#running) {
      if (busy !== thread) continue;
      this.#running.delete(task);
      return task;
    }
    return undefined;
  }

  #startThread(): void {
    const thread: FliteThread = new FliteThread(this.#spawn, {
      onReady: () => {
        this.#falseStarts = 0;
        this.#firstReady.resolve();
        this.#dispatch();
      },
      onDeath: (cause) => this.#onDeath(thread, cause),
    });
    this.#threads.add(thread);
  }

  /** A thread ended that nobody had asked to end. */
  #onDeath(thread: FliteThread, cause: unknown): void {
    if (!this.#threads.has(thread) || this.#closed) return;
    const task = this.#forget(thread);
    if (task) {
      this.#totals.failed++;
      task.reject(engineFailed('the speech engine stopped in the middle of the call; it was replaced', cause));
    }
    if (thread.wasReady) this.#startThread();
    else this.#startLater(cause);
    this.#dispatch();
  }

  #startLater(cause: unknown): void {
    this.#falseStarts++;
    if (this.#falseStarts >= MAX_FALSE_STARTS && this.#threads.size === 0) {
      const error = engineFailed('the speech engine does not start', cause);
      this.#firstReady.reject(error);
      for (const task of this.#line.splice(0)) task.reject(error);
    }
    const delayMs = Math.min(50 * 2 ** this.#falseStarts, MAX_RESTART_DELAY_MS);
    const timer = setTimeout(() => {
      this.#restarts.delete(timer);
      this.#startThread();
    }, delayMs);
    this.#restarts.add(timer);
  }

  #idle(): FliteThread[] {
    const busy = new Set(this.#running.values());
    return [...this.#threads].filter((thread) => thread.wasReady && !busy.has(thread));
  }

  #freePlaces(): number {
    return this.#options.workers - this.#running.size;
  }

  #checkOpen(): void {
    if (this.#closed) throw closed();
  }
}

const closed = (): SpeechError => engineFailed('the speech engine has been closed', undefined);
const engineFailed = (message: string, cause: unknown): SpeechError =>
  new SpeechError('ENGINE_FAILED', message, { engine: 'flite' }, { cause });
