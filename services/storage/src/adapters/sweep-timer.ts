import type { Logger } from '@exempla/telemetry';
import type { BytesCollector } from '../objects/index.ts';
import type { DiskObjects } from './disk-objects.ts';

const INTERVAL_MS = 10 * 60_000;
/** Twice what an upload may take at most, which is the maximum in the proto. */
const BROKEN_OFF_MS = 10 * 60_000;

/** Clears up after uploads and deletes that broke off, at start and from time to time. */
export class SweepTimer {
  readonly #sweep: () => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  #running: Promise<void>;

  private constructor(sweep: () => Promise<void>) {
    this.#sweep = sweep;
    this.#running = this.#sweep();
    this.#timer = setInterval(() => void this.#next(), INTERVAL_MS).unref();
  }

  static start(collector: BytesCollector, bytes: DiskObjects, log: Pick<Logger, 'info' | 'warn'>): SweepTimer {
    return new SweepTimer(async () => {
      try {
        await bytes.sweep();
        const count = await collector.sweep(BROKEN_OFF_MS);
        if (count > 0) log.info({ count }, 'cleared up after uploads that broke off');
      } catch (err) {
        log.warn({ err }, 'clearing up failed; it is tried again later');
      }
    });
  }

  /** Resolves when a sweep under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #next(): Promise<void> {
    await this.#running;
    this.#running = this.#sweep();
  }
}
