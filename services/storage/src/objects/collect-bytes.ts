import { callAside } from './call-aside.ts';
import type { ObjectBytes } from './object-bytes.ts';
import type { ObjectIndex, Suspicion } from './object-index.ts';

export interface CollectorOptions {
  readonly index: ObjectIndex;
  readonly bytes: ObjectBytes;
  /** Told of what will be tried again later. */
  readonly onPostponed: (suspicion: Suspicion, cause: unknown) => void;
  /** How long one clean-up may take. */
  readonly budgetMs: number;
}

/** Removes bytes that no object has any more. */
export class BytesCollector {
  readonly #options: CollectorOptions;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** Never throws, and is not part of the call that asks: a suspicion that stays on record is settled by `sweep`. */
  async collect(suspicion: Suspicion): Promise<void> {
    const { index, bytes, onPostponed, budgetMs } = this.#options;
    const call = callAside(suspicion.tenant, budgetMs);
    try {
      // In the directory of another database the bytes may be those of its objects.
      const isOurs = await bytes.areOf(await index.identity(call));
      await index.settle(call, suspicion, async () => (isOurs ? bytes.remove(suspicion.sha256) : undefined));
    } catch (cause) {
      onPostponed(suspicion, cause);
    }
  }

  /** Settles what broke off longer ago than any upload may take; says how many it looked at. */
  async sweep(ageMs: number, signal?: AbortSignal): Promise<number> {
    const { index, budgetMs } = this.#options;
    const found = await index.suspicionsOlderThan(callAside('', budgetMs), ageMs, 1000);
    for (const suspicion of found) {
      signal?.throwIfAborted();
      await this.collect(suspicion);
    }
    return found.length;
  }
}
