import { LABELS, METRICS, type Counter, type Histogram, type MetricRegistry } from '@exempla/telemetry';

/** A look at a pool: connections lent out, open, and the most there may be; calls that wait for one. */
interface PoolStats {
  readonly inUse: number;
  readonly open: number;
  readonly max: number;
  readonly waiting: number;
}

const POOL = { [LABELS.databasePool]: 'db' };

/** What OpenTelemetry prescribes for a pool of database connections. */
export class PoolMetrics {
  readonly #wait: Histogram;
  readonly #timeouts: Counter;
  readonly #stops: readonly (() => void)[];

  constructor(registry: MetricRegistry, stats: () => PoolStats) {
    this.#wait = registry.histogram(METRICS.databaseWait, POOL);
    this.#timeouts = registry.counter(METRICS.databaseTimeouts, POOL);
    const state = (name: string) => ({ ...POOL, [LABELS.databaseState]: name });
    this.#stops = [
      registry.observe(METRICS.databaseConnections, () => {
        const { inUse, open } = stats();
        return [
          { value: inUse, labels: state('used') },
          // One that is being opened is lent out already.
          { value: Math.max(0, open - inUse), labels: state('idle') },
        ];
      }),
      registry.observe(METRICS.databaseConnectionsMax, () => [{ value: stats().max, labels: POOL }]),
      registry.observe(METRICS.databasePending, () => [{ value: stats().waiting, labels: POOL }]),
    ];
  }

  /** A call got a connection, or gave up, after so long. */
  waited(ms: number): void {
    this.#wait.record(ms / 1_000);
  }

  timedOut(): void {
    this.#timeouts.add();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }
}
