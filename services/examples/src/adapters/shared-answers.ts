import { SingleFlight } from '@exempla/rpc';
import { LABELS, METRICS, type MetricRegistry } from '@exempla/telemetry';
import { isOutage } from '@exempla/text';
import { LRUCache } from 'lru-cache';
import type { ProviderCall } from '../examples/index.ts';

/** What an answer is known by, and how long a good one is given again. */
export interface Question<T> {
  /** Names everything the answer depends on, the tenant among it. */
  readonly key: string;
  /** Absent: an answer is never kept. */
  readonly keep?: { readonly forMs: number; readonly isGood: (answer: T) => boolean };
}

export interface SharedAnswersOptions {
  readonly metrics: MetricRegistry;
  readonly maxEntries?: number;
  readonly maxBytes?: number;
}

const MAX_ENTRIES = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** Answers that cost time and money: equal questions share one while it is made, and good ones are kept for a while. */
export class SharedAnswers {
  readonly #kept: LRUCache<string, object>;
  readonly #flights = new SingleFlight(isOutage);
  readonly #metrics: MetricRegistry;

  constructor({ metrics, maxEntries = MAX_ENTRIES, maxBytes = MAX_BYTES }: SharedAnswersOptions) {
    this.#metrics = metrics;
    this.#kept = new LRUCache({ max: maxEntries, maxSize: maxBytes, sizeCalculation: bytesOf });
  }

  async get<T extends object>(
    { key, keep }: Question<T>,
    call: ProviderCall,
    make: (call: ProviderCall) => Promise<T>,
  ): Promise<T> {
    const kept = keep && this.#kept.get(key);
    if (kept) {
      this.#count('kept');
      return kept as T;
    }
    const made = async (shared: Pick<ProviderCall, 'signal' | 'remainingMs'>): Promise<T> => {
      this.#count('made');
      const answer = await make({ ...call, ...shared });
      if (keep?.isGood(answer)) this.#kept.set(key, answer, { ttl: keep.forMs });
      return answer;
    };
    return this.#flights.join(
      key,
      call,
      (shared) => ({ result: made(shared) }),
      () => this.#count('shared'),
    );
  }

  /** Answers kept now, those under way, and what the former take. */
  get held(): { readonly kept: number; readonly bytes: number; readonly underWay: number } {
    return { kept: this.#kept.size, bytes: this.#kept.calculatedSize, underWay: this.#flights.size };
  }

  #count(outcome: 'made' | 'kept' | 'shared'): void {
    this.#metrics.counter(METRICS.examplesAnswers, { [LABELS.answerOutcome]: outcome }).add();
  }
}

/** Two bytes a character, with what the map itself takes. */
const bytesOf = (answer: object, key: string): number => 2 * (JSON.stringify(answer).length + key.length) + 200;
