import { setTimeout as pause } from 'node:timers/promises';
import type { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';
import { currentCall, runDetached, runInCall, type RpcClient } from '@exempla/rpc';
import type { Logger } from '@exempla/telemetry';
import type { GenerationInfo, GenerationInfos } from '@exempla/text';
import type { Bookkeeper, Receipt } from '../stories/index.ts';

export interface BookOptions {
  /** For one generation, all tries together. */
  readonly deadlineMs: number;
  /** Before each try: books are behind by some seconds. */
  readonly pausesMs: readonly number[];
  /** Generations that are asked for at once. */
  readonly atOnce: number;
  /** Others that wait; one more is let go. */
  readonly mostWaiting: number;
}

const DEFAULTS: BookOptions = {
  deadlineMs: 30_000,
  pausesMs: [1_000, 2_000, 4_000, 8_000],
  atOnce: 2,
  mostWaiting: 1_000,
};

interface Entry {
  readonly generation: string;
  readonly receipt: Receipt;
  /** The call it was for: storage is told in its name. */
  readonly inCall: <T>(work: () => T) => T;
}

/**
 * What upstreams took, in the records of generations: asked for when the caller has long been answered, a few at a time, each
 * with a deadline of its own. What cannot be found out stays as it was counted here.
 */
export class GenerationBooks implements Bookkeeper, AsyncDisposable {
  readonly #infos: GenerationInfos;
  readonly #store: Pick<RpcClient<typeof StoryStoreServiceDefinition>, 'updateGeneration'>;
  readonly #logger: Pick<Logger, 'warn'>;
  readonly #options: BookOptions;
  readonly #waiting: Entry[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(
    infos: GenerationInfos,
    store: Pick<RpcClient<typeof StoryStoreServiceDefinition>, 'updateGeneration'>,
    { logger, ...options }: Partial<BookOptions> & { logger: Pick<Logger, 'warn'> },
  ) {
    this.#infos = infos;
    this.#store = store;
    this.#logger = logger;
    this.#options = { ...DEFAULTS, ...options };
  }

  /** Generations that wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  settle(generation: string, receipt: Receipt): void {
    if (this.#closing.signal.aborted || !this.#infos.has(receipt)) return;
    if (this.#waiting.length >= this.#options.mostWaiting) {
      this.#logger.warn({ event: 'generation-info-skipped', generation }, 'too many generations wait for their books');
      return;
    }
    const call = currentCall();
    this.#waiting.push({ generation, receipt, inCall: (work) => (call ? runInCall(call, work) : work()) });
    this.#next();
  }

  /** What is under way is left; resolves when it has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new Error('the books are closed'));
    this.#waiting.length = 0;
    await Promise.all(this.#running);
    this.#infos[Symbol.dispose]();
  }

  #next(): void {
    while (this.#running.size < this.#options.atOnce) {
      const entry = this.#waiting.shift();
      if (!entry) return;
      const running = this.#settle(entry).finally(() => {
        this.#running.delete(running);
        this.#next();
      });
      this.#running.add(running);
    }
  }

  async #settle({ generation, receipt, inCall }: Entry): Promise<void> {
    const { deadlineMs } = this.#options;
    const end = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(deadlineMs)]);
    try {
      const info = await this.#find(receipt, end);
      if (info) await inCall(() => runDetached(deadlineMs, () => this.#keep(generation, info)));
    } catch (error) {
      if (!this.#closing.signal.aborted)
        this.#logger.warn({ event: 'generation-info-missing', generation, err: error }, 'no books of a generation');
    }
  }

  /** Undefined when the last try does not find it either. */
  async #find(receipt: Receipt, end: AbortSignal): Promise<GenerationInfo | undefined> {
    let failure: Error | undefined;
    for (const ms of this.#options.pausesMs) {
      await pause(ms, undefined, { signal: end });
      try {
        const info = await this.#infos.find(receipt, end);
        if (info) return info;
      } catch (error) {
        if (end.aborted) throw error;
        failure = error as Error;
      }
    }
    if (failure) throw failure;
    return undefined;
  }

  async #keep(name: string, { inputTokens, outputTokens, costMicros }: GenerationInfo): Promise<void> {
    const told = inputTokens !== undefined && outputTokens !== undefined;
    const usage = told ? { usage: { promptTokens: inputTokens, completionTokens: outputTokens } } : {};
    const updateMask = [...(told ? ['usage'] : []), 'cost_micro_usd'];
    await this.#store.updateGeneration({
      generation: { name, costMicroUsd: BigInt(costMicros), ...usage },
      updateMask,
    });
  }
}

/** Where no upstream keeps books. */
export const NO_BOOKS: Bookkeeper = { settle: () => {} };
