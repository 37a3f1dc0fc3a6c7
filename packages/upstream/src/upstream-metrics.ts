import type { MetricName, MetricRegistry } from '@exempla/telemetry';
import type { UpstreamLimiter } from './limiter/upstream-limiter.ts';
import type { Target } from './retry/target.ts';

/** Under which names it is counted. */
export interface UpstreamMetricNames {
  readonly inFlight: MetricName;
  readonly limit: MetricName;
  readonly waiting: MetricName;
  /** A histogram, seconds. */
  readonly wait: MetricName & { readonly boundaries: readonly number[] };
  readonly attempts: MetricName;
  readonly labels: { readonly upstream: string; readonly model: string; readonly outcome: string };
}

/** What calls to upstreams count. Tenants are no labels: there is no end to them. */
export class UpstreamMetrics {
  readonly #registry: MetricRegistry;
  readonly #names: UpstreamMetricNames;

  constructor(registry: MetricRegistry, names: UpstreamMetricNames) {
    this.#registry = registry;
    this.#names = names;
  }

  /** Shows a limiter until the returned function is called. */
  watch(upstream: string, limiter: UpstreamLimiter): () => void {
    const { inFlight, limit, waiting } = this.#names;
    const labels = { [this.#names.labels.upstream]: upstream };
    const gauges = [
      this.#registry.observe(inFlight, () => [{ value: limiter.inFlight, labels }]),
      this.#registry.observe(limit, () => [{ value: limiter.limit, labels }]),
      this.#registry.observe(waiting, () => [{ value: limiter.waiting, labels }]),
    ];
    return () => gauges.forEach((stop) => stop());
  }

  waited({ upstream }: Target, ms: number): void {
    this.#registry.histogram(this.#names.wait, { [this.#names.labels.upstream]: upstream }).record(ms / 1_000);
  }

  attempt({ upstream, model }: Target, outcome: string): void {
    const { labels } = this.#names;
    const values = { [labels.model]: model, [labels.upstream]: upstream, [labels.outcome]: outcome };
    this.#registry.counter(this.#names.attempts, values).add();
  }
}
