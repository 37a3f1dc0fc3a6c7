import { setTimeout as sleep } from 'node:timers/promises';
import type { Hop } from '@exempla/launch';

export interface Expectation {
  traceId: string;
  /** Services that are known to have taken part. */
  services: readonly string[];
}

const QUIET_MS = 40;
const LIMIT_MS = 1000;

/** Gathers the hops of all services by trace. They come on other ways than the answer, some a moment later. */
export class HopCollector {
  readonly #hops = new Map<string, Hop[]>();
  #lastAt = 0;

  add(hop: Hop): void {
    this.#hops.set(hop.traceId, [...(this.#hops.get(hop.traceId) ?? []), hop]);
    this.#lastAt = performance.now();
  }

  /** The hops of a trace in order of start: once all expected services are there and it is quiet, or after a second. */
  async settled({ traceId, services }: Expectation, limitMs = LIMIT_MS): Promise<Hop[]> {
    const end = performance.now() + limitMs;
    while (performance.now() < end && !this.#isComplete(traceId, services)) await sleep(10);
    return (this.#hops.get(traceId) ?? []).toSorted((a, b) => a.startMs - b.startMs);
  }

  #isComplete(traceId: string, services: readonly string[]): boolean {
    const hops = this.#hops.get(traceId) ?? [];
    const spans = new Set(hops.map(({ spanId }) => spanId));
    // Every caller that is one of our services has to be there as well.
    const rootless = hops.filter(({ parentSpanId }) => parentSpanId !== undefined && !spans.has(parentSpanId));
    const all = services.every((service) => hops.some((hop) => hop.service === service)) && rootless.length <= 1;
    return all && performance.now() - this.#lastAt >= QUIET_MS;
  }
}
