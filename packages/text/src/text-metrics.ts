import { LABELS, METRICS, type MetricRegistry } from '@exempla/telemetry';
import { UpstreamMetrics, type Target } from '@exempla/upstream';
import type { Usage } from './text-generator.ts';

const NAMES = {
  inFlight: METRICS.textInFlight,
  limit: METRICS.textInFlightLimit,
  waiting: METRICS.textWaiting,
  wait: METRICS.textWait,
  attempts: METRICS.textAttempts,
  labels: { upstream: LABELS.textUpstream, model: LABELS.textModel, outcome: LABELS.textOutcome },
};

/** What a generator counts: its calls, and what they used. */
export class TextMetrics extends UpstreamMetrics {
  readonly #registry: MetricRegistry;

  constructor(registry: MetricRegistry) {
    super(registry, NAMES);
    this.#registry = registry;
  }

  used({ model, upstream }: Target, { inputTokens, outputTokens, costMicros }: Usage): void {
    const labels = { [LABELS.textModel]: model, [LABELS.textUpstream]: upstream };
    this.#registry.counter(METRICS.textInputTokens, labels).add(inputTokens);
    this.#registry.counter(METRICS.textOutputTokens, labels).add(outputTokens);
    this.#registry.counter(METRICS.textCost, labels).add(costMicros);
  }
}
