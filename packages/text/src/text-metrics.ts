import { LABELS, METRICS, type MetricRegistry } from '@exempla/telemetry';
import type { UpstreamLimiter } from './limiter/upstream-limiter.ts';
import type { Usage } from './text-generator.ts';

interface Name {
  readonly model: string;
  readonly upstream: string;
}

/** What a generator counts. Tenants are no labels: there is no end to them. */
export class TextMetrics {
  readonly #registry: MetricRegistry;

  constructor(registry: MetricRegistry) {
    this.#registry = registry;
  }

  /** Shows a limiter until the returned function is called. */
  watch(upstream: string, limiter: UpstreamLimiter): () => void {
    const labels = { [LABELS.textUpstream]: upstream };
    const gauges = [
      this.#registry.observe(METRICS.textInFlight, () => [{ value: limiter.inFlight, labels }]),
      this.#registry.observe(METRICS.textInFlightLimit, () => [{ value: limiter.limit, labels }]),
      this.#registry.observe(METRICS.textWaiting, () => [{ value: limiter.waiting, labels }]),
    ];
    return () => gauges.forEach((stop) => stop());
  }

  waited(upstream: string, ms: number): void {
    this.#registry.histogram(METRICS.textWait, { [LABELS.textUpstream]: upstream }).record(ms / 1_000);
  }

  attempt(name: Name, outcome: string): void {
    this.#registry.counter(METRICS.textAttempts, { ...labelsOf(name), [LABELS.textOutcome]: outcome }).add();
  }

  used(name: Name, { inputTokens, outputTokens, costMicros }: Usage): void {
    const labels = labelsOf(name);
    this.#registry.counter(METRICS.textInputTokens, labels).add(inputTokens);
    this.#registry.counter(METRICS.textOutputTokens, labels).add(outputTokens);
    this.#registry.counter(METRICS.textCost, labels).add(costMicros);
  }
}

const labelsOf = ({ model, upstream }: Name) => ({ [LABELS.textModel]: model, [LABELS.textUpstream]: upstream });
