import { LABELS, METRICS, processMetrics, type Logger, type MetricRegistry } from '@exempla/telemetry';
import {
  type BytesCollector,
  type SweepPorts,
  callAside,
  sweepParts,
  sweepPlaced,
  sweepUploads,
} from '../objects/index.ts';

const INTERVAL_MS = 10 * 60_000;
/** Twice what an upload may take at most, which is the maximum in the proto. */
const BROKEN_OFF_MS = 10 * 60_000;
/** Every hash that is kept is looked at in one of so many sweeps: about four times a day, and at start. */
const SWEEPS_PER_WALK = 36;

export interface SweepOptions extends SweepPorts {
  readonly collector: BytesCollector;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Where it is counted. Default: where the whole process does. */
  readonly metrics?: MetricRegistry;
}

type Kind = 'staged' | 'upload' | 'part' | 'suspicion' | 'bytes';

/** Clears up after uploads and deletes that broke off, at start and from time to time. */
export class SweepTimer {
  readonly #options: SweepOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;
  #sweeps = 0;

  private constructor(options: SweepOptions) {
    this.#options = { ...options, signal: this.#stop.signal };
    this.#next();
    this.#timer = setInterval(() => this.#next(), INTERVAL_MS).unref();
  }

  static start(options: SweepOptions): SweepTimer {
    return new SweepTimer(options);
  }

  /** Resolves when a sweep under way has ended, which it does at its next step. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#running;
  }

  /** One that takes longer than the interval is not joined by another. */
  #next(): void {
    this.#running ??= this.#sweep().finally(() => (this.#running = undefined));
  }

  async #sweep(): Promise<void> {
    const { log, collector, bytes } = this.#options;
    const { signal } = this.#stop;
    const steps: [Kind, () => Promise<number>][] = [
      ['staged', () => bytes.sweepStaged()],
      ['upload', () => sweepUploads(this.#options)],
      ['suspicion', () => collector.sweep(BROKEN_OFF_MS, signal)],
      ['part', () => this.#ofThisIndex(sweepParts)],
    ];
    if (this.#sweeps++ % SWEEPS_PER_WALK === 0) steps.push(['bytes', () => this.#ofThisIndex(sweepPlaced)]);
    try {
      for (const [kind, step] of steps) {
        signal.throwIfAborted();
        this.#count(kind, await step());
      }
    } catch (err) {
      if (!signal.aborted) log.warn({ err }, 'clearing up failed; it is tried again later');
    }
  }

  /** What an index does not know is removed only where it is that index the bytes belong to. */
  async #ofThisIndex(sweep: (ports: SweepPorts) => Promise<number>): Promise<number> {
    const { index, bytes, log, budgetMs } = this.#options;
    if (await bytes.areOf(await index.identity(callAside('', budgetMs)))) return sweep(this.#options);
    log.warn({}, 'the objects directory belongs to another database: nothing is removed from it');
    return 0;
  }

  #count(kind: Kind, count: number): void {
    const { metrics = processMetrics, log } = this.#options;
    metrics.counter(METRICS.objectsSwept, { [LABELS.sweptKind]: kind }).add(count);
    if (count > 0) log.info({ kind, count }, 'cleared up after work that broke off');
  }
}
