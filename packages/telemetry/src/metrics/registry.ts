import { Counter, Histogram } from './histogram.ts';
import type { MetricName } from '../names.ts';

/** What values of one metric are told apart by. */
export type Labels = Readonly<Record<string, string>>;

/** A value that is read when somebody asks. */
export interface Observation {
  readonly value: number;
  readonly labels?: Labels;
}
export type Observe = () => readonly Observation[];

/** `counter` only ever grows. */
export type ObservedKind = 'gauge' | 'counter';

/** One metric with all its values, each with its labels. */
export type Family =
  | { readonly kind: 'histogram'; readonly metric: MetricName; readonly points: readonly Point<Histogram>[] }
  | { readonly kind: ObservedKind; readonly metric: MetricName; readonly points: readonly Point<number>[] };
export interface Point<T> {
  readonly labels: Labels;
  readonly value: T;
}

type Bucketed = MetricName & { readonly boundaries: readonly number[] };

/** The instruments of one kind, by metric and labels. */
class Instruments<T> {
  readonly #families = new Map<MetricName, Map<string, Point<T>>>();

  of(metric: MetricName, labels: Labels, make: () => T): T {
    let points = this.#families.get(metric);
    if (!points) this.#families.set(metric, (points = new Map()));
    const key = keyOf(labels);
    let point = points.get(key);
    if (!point) points.set(key, (point = { labels, value: make() }));
    return point.value;
  }

  all(): { metric: MetricName; points: Point<T>[] }[] {
    return [...this.#families].map(([metric, points]) => ({ metric, points: [...points.values()] }));
  }
}

/**
 * Counts what a process does. Whoever counts asks once for a histogram or a counter with its labels, and keeps it: the
 * instruments of the OpenTelemetry SDK look their labels up with every value, which costs more than a small call may
 * (docs/decisions/0009-own-counting.md). What is behind the counting is the SDK's, see `producer.ts`.
 */
export class MetricRegistry {
  /** When counting began, milliseconds since the epoch. */
  readonly startMs = Date.now();
  readonly #histograms = new Instruments<Histogram>();
  readonly #counters = new Instruments<Counter>();
  readonly #observed = new Map<Observe, { readonly metric: MetricName; readonly kind: ObservedKind }>();

  /** The histogram of `metric` with just these labels; the same one for everybody who asks. */
  histogram(metric: Bucketed, labels: Labels = {}): Histogram {
    return this.#histograms.of(metric, labels, () => new Histogram(metric.boundaries));
  }

  /** The counter of `metric` with just these labels; the same one for everybody who asks. */
  counter(metric: MetricName, labels: Labels = {}): Counter {
    return this.#counters.of(metric, labels, () => new Counter());
  }

  /**
   * `observe` is asked whenever somebody reads, until the returned function is called. Observers of one metric with the
   * same labels are added up: two servers in one process have one number of calls under way.
   */
  observe(metric: MetricName, observe: Observe, kind: ObservedKind = 'gauge'): () => void {
    // A function of its own, so that one that is given twice is asked twice.
    const own: Observe = () => observe();
    this.#observed.set(own, { metric, kind });
    return () => void this.#observed.delete(own);
  }

  /** Everything there is to say now. An observer that fails is left out and its error handed to `failed`. */
  read(failed: (error: unknown) => void = () => {}): Family[] {
    return [
      ...this.#histograms.all().map(({ metric, points }) => ({ kind: 'histogram' as const, metric, points })),
      ...this.#counters.all().map(({ metric, points }) => ({
        kind: 'counter' as const,
        metric,
        points: points.map(({ labels, value }) => ({ labels, value: value.value })),
      })),
      ...this.#observations(failed),
    ];
  }

  #observations(failed: (error: unknown) => void): Family[] {
    const families = new Map<MetricName, { kind: ObservedKind; points: Map<string, Point<number>> }>();
    for (const [observe, { metric, kind }] of this.#observed) {
      try {
        for (const { value, labels = {} } of observe()) {
          let family = families.get(metric);
          if (!family) families.set(metric, (family = { kind, points: new Map() }));
          const key = keyOf(labels);
          family.points.set(key, { labels, value: (family.points.get(key)?.value ?? 0) + value });
        }
      } catch (error) {
        failed(error);
      }
    }
    return [...families].map(([metric, { kind, points }]) => ({ kind, metric, points: [...points.values()] }));
  }
}

/** What this process counts: all its servers, channels and pools together. */
export const processMetrics = new MetricRegistry();

const keyOf = (labels: Labels): string => JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
