import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type {
  DefinedTerm,
  DefineRequest,
  ExampleKind,
  ExampleProvider,
  Found,
  KindRequest,
  ProviderCall,
  ProviderFailure,
  SenseChoice,
  TermRequest,
} from '../examples/index.ts';
import { ExampleError, lexiconUnavailable, within } from '../examples/index.ts';
import type { WordnetAnswer, WordnetCall, WordnetQuestion, WordnetReply } from './wordnet-protocol.ts';

export interface WordnetProviderOptions {
  /** Folder of the WordNet database; empty takes the packaged one. */
  readonly folder?: string;
  /** Told when a worker stopped and another takes its place. */
  readonly onReplaced?: (why: string) => void;
  /** Starts a worker. */
  readonly spawn?: (folder: string) => Worker;
}

interface Pending {
  readonly resolve: (answer: WordnetAnswer) => void;
  readonly reject: (error: Error) => void;
}

/** A worker and the calls it owes an answer. */
interface Attendant {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  readonly pending: Map<number, Pending>;
  /** False once its thread has ended. */
  alive: boolean;
}

const WORKER = new URL(`./wordnet.worker${extname(import.meta.url)}`, import.meta.url);

/** The database itself is outside the heap; what is parsed of it is kept within these. */
const LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 };

/** A worker that loads WordNet from the folder. It inherits no flags of the process, such as `--eval`. */
export const spawnWordnet = (folder: string): Worker =>
  new Worker(WORKER, { workerData: { folder }, name: 'wordnet', execArgv: [], resourceLimits: LIMITS });

/** After this many stops without a single answer no worker is started before the next call. */
const MAX_FAILED_STARTS = 3;

/** WordNet behind one worker thread. A worker that dies fails its own calls and is replaced; the next call is served. */
export class WordnetProvider implements ExampleProvider {
  readonly name = 'lexical';
  readonly languages = ['en'];
  readonly origin = 'WordNet 3.1, Princeton University, WordNet License';
  readonly #options: WordnetProviderOptions;
  #attendant: Attendant;
  #lastId = 0;
  #failedStarts = 0;
  #closed = false;

  private constructor(options: WordnetProviderOptions) {
    this.#options = options;
    this.#attendant = this.#hire();
  }

  /** Resolves when the lexicon is loaded. */
  static async start(options: WordnetProviderOptions = {}): Promise<WordnetProvider> {
    const provider = new WordnetProvider(options);
    try {
      await provider.#attendant.ready;
      return provider;
    } catch (error) {
      await provider.close();
      throw error;
    }
  }

  hasSense(source: string): boolean {
    return source.startsWith('wordnet:');
  }

  chooseSense(request: TermRequest, call: ProviderCall): Promise<SenseChoice> {
    return this.define({ ...request, improveText: '', brokenRules: [] }, call);
  }

  async define(request: DefineRequest, call: ProviderCall): Promise<DefinedTerm & { provider: string }> {
    return { ...((await this.#ask({ op: 'define', request }, call)) as DefinedTerm), provider: this.name };
  }

  async generate(kind: ExampleKind, request: KindRequest, call: ProviderCall): Promise<Found> {
    return (await this.#ask({ op: 'generate', kind, request }, call)) as Found;
  }

  failureOf(error: unknown): ProviderFailure {
    const reason = error instanceof ExampleError ? error.reason : 'KIND_FAILED';
    return { reason, timedOut: false, outage: reason === 'LEXICON_UNAVAILABLE' };
  }

  /** Calls waiting for an answer. */
  get pending(): number {
    return this.#attendant.pending.size;
  }

  /** Thread of the worker that serves now. */
  get threadId(): number {
    return this.#attendant.worker.threadId;
  }

  /** Ends the worker. Calls waiting fail with LEXICON_UNAVAILABLE; later ones are an error of the code that makes them. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#attendant.worker.terminate();
  }

  #ask(question: WordnetQuestion, { signal, budgetMs }: ProviderCall): Promise<WordnetAnswer> {
    return within(budgetMs, signal, (ending) => this.#post(question, ending));
  }

  async #post(question: WordnetQuestion, signal: AbortSignal): Promise<WordnetAnswer> {
    if (this.#closed) throw new Error('the WordNet provider was used after close');
    signal.throwIfAborted();
    // Given up after failed starts: each new call is one more try.
    if (!this.#attendant.alive) this.#attendant = this.#hire();
    const { worker, pending } = this.#attendant;
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<WordnetAnswer>();
    const abort = (): void => reject(signal.reason as Error);
    pending.set(id, { resolve, reject });
    signal.addEventListener('abort', abort, { once: true });
    worker.postMessage({ id, question } satisfies WordnetCall);
    try {
      return await promise;
    } finally {
      pending.delete(id);
      signal.removeEventListener('abort', abort);
    }
  }

  #hire(): Attendant {
    const { folder = '', spawn = spawnWordnet } = this.#options;
    const worker = spawn(folder);
    const started = Promise.withResolvers<void>();
    const pending = new Map<number, Pending>();
    const attendant: Attendant = { worker, ready: started.promise, pending, alive: true };
    let why = 'its worker stopped';
    worker.on('message', (reply: WordnetReply) => {
      if (reply.type === 'ready') started.resolve();
      else this.#settle(pending, reply);
    });
    worker.on('error', (error: unknown) => {
      why = `its worker failed: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.once('exit', () => {
      attendant.alive = false;
      started.reject(lexiconUnavailable(why));
      for (const { reject } of pending.values()) reject(lexiconUnavailable(why));
      this.#replace(worker, why);
    });
    // Whoever starts the provider awaits it; a replacement that fails to start is seen by the calls it owes.
    started.promise.catch(() => undefined);
    return attendant;
  }

  #settle(pending: ReadonlyMap<number, Pending>, reply: Exclude<WordnetReply, { type: 'ready' }>): void {
    this.#failedStarts = 0;
    const call = pending.get(reply.id);
    // The caller has gone: nobody waits for this answer.
    if (!call) return;
    if (reply.type === 'answer') call.resolve(reply.answer);
    else if (reply.type === 'refused') call.reject(new ExampleError(reply.reason, reply.message, reply.metadata));
    else call.reject(new Error(`the lexicon failed: ${reply.message}`));
  }

  #replace(worker: Worker, why: string): void {
    if (this.#closed || worker !== this.#attendant?.worker || ++this.#failedStarts > MAX_FAILED_STARTS) return;
    this.#attendant = this.#hire();
    this.#options.onReplaced?.(why);
  }
}
