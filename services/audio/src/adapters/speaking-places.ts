import { SpeechError } from '../speech/index.ts';

export interface PlaceOptions {
  /** Pieces made at the same time. */
  readonly workers: number;
  /** Longest line a new call may join. */
  readonly maxWaiting: number;
}

/** So many may speak at the same time, first come first served; a wait can be given up. */
export class SpeakingPlaces {
  readonly #engine: string;
  readonly #options: PlaceOptions;
  #taken = 0;
  /** In order of arrival. */
  readonly #line = new Set<() => void>();

  constructor(engine: string, options: PlaceOptions) {
    this.#engine = engine;
    this.#options = options;
  }

  stats(): { readonly busy: number; readonly queue: number } {
    return { busy: this.#taken, queue: this.#line.size };
  }

  /** Throws ENGINE_BUSY when the line is full: to be asked once per call, so that no call is refused in its middle. */
  admit(): void {
    const { workers, maxWaiting } = this.#options;
    if (this.#taken < workers || this.#line.size < maxWaiting) return;
    const metadata = { engine: this.#engine, workers: String(workers), waiting: String(this.#line.size) };
    const message = `all ${workers} places of ${this.#engine} are taken and ${this.#line.size} pieces are waiting already`;
    throw new SpeechError('ENGINE_BUSY', message, metadata);
  }

  /** Resolves to what gives the place back; rejects with the reason of the signal. */
  async take(signal: AbortSignal): Promise<Disposable> {
    signal.throwIfAborted();
    if (this.#taken < this.#options.workers) this.#taken += 1;
    else await this.#wait(signal);
    return { [Symbol.dispose]: () => this.#giveBack() };
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const called = (): void => {
        leave();
        resolve();
      };
      const aborted = (): void => {
        leave();
        reject(signal.reason as Error);
      };
      const leave = (): void => {
        this.#line.delete(called);
        signal.removeEventListener('abort', aborted);
      };
      signal.addEventListener('abort', aborted, { once: true });
      this.#line.add(called);
    });
  }

  /** The place goes to the one who has waited longest. */
  #giveBack(): void {
    const [next] = this.#line;
    if (next) next();
    else this.#taken -= 1;
  }
}
