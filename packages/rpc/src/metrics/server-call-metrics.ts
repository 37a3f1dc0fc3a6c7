import type { status } from '@grpc/grpc-js';
import { LABELS, METRICS, type Counter, type Histogram, type MetricRegistry } from '@exempla/telemetry';
import { knownStatus, statusName } from './status-name.ts';

interface ByStatus {
  readonly duration: Histogram;
  readonly sent: Histogram;
  readonly received: Histogram;
}

const NOTHING = { durationMs: 0, sentBytes: 0, receivedBytes: 0 };

/**
 * The metrics gRPC prescribes for the calls of one method on a server
 * (https://github.com/grpc/proposal/blob/master/A66-otel-stats.md). Looked up once: counting a call allocates nothing.
 */
export class ServerCallMetrics {
  readonly #registry: MetricRegistry;
  readonly #method: string;
  readonly #started: Counter;
  readonly #byStatus: (ByStatus | undefined)[] = [];

  constructor(registry: MetricRegistry, method: string) {
    this.#registry = registry;
    this.#method = method;
    this.#started = registry.counter(METRICS.serverStarted, { [LABELS.method]: method });
  }

  started(): void {
    this.#started.add();
  }

  ended(code: status, call: { durationMs: number; sentBytes: number; receivedBytes: number }): void {
    const { duration, sent, received } = (this.#byStatus[knownStatus(code)] ??= this.#instruments(code));
    duration.record(call.durationMs / 1_000);
    sent.record(call.sentBytes);
    received.record(call.receivedBytes);
  }

  /** A call that was not let in: it took no time, and nobody read it. */
  refused(code: status): void {
    this.started();
    this.ended(code, NOTHING);
  }

  #instruments(code: status): ByStatus {
    const labels = { [LABELS.method]: this.#method, [LABELS.status]: statusName(code) };
    return {
      duration: this.#registry.histogram(METRICS.serverDuration, labels),
      sent: this.#registry.histogram(METRICS.serverSent, labels),
      received: this.#registry.histogram(METRICS.serverReceived, labels),
    };
  }
}
