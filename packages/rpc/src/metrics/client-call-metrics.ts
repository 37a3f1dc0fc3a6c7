import type { status } from '@grpc/grpc-js';
import { LABELS, METRICS, type Histogram, type MetricRegistry } from '@exempla/telemetry/signals';
import { knownStatus, statusName } from './status-name.ts';

/**
 * The metric gRPC prescribes for the calls of one method on a client, retries included. Those for single attempts are not
 * there: grpc-js makes attempts where nobody can see them.
 */
export class ClientCallMetrics {
  readonly #registry: MetricRegistry;
  readonly #method: string;
  readonly #target: string;
  readonly #byStatus: (Histogram | undefined)[] = [];

  constructor(registry: MetricRegistry, method: string, target: string) {
    this.#registry = registry;
    this.#method = method;
    this.#target = target;
  }

  ended(code: status, durationMs: number): void {
    (this.#byStatus[knownStatus(code)] ??= this.#histogram(code)).record(durationMs / 1_000);
  }

  #histogram(code: status): Histogram {
    return this.#registry.histogram(METRICS.clientDuration, {
      [LABELS.method]: this.#method,
      [LABELS.target]: this.#target,
      [LABELS.status]: statusName(code),
    });
  }
}
