import type { DegradedPart, PartTiming } from './part.ts';

/** Keeps the timing of each part of one call, and what went missing. */
export class PartLog {
  readonly timings: PartTiming[] = [];
  readonly degraded: DegradedPart[] = [];
  readonly #now: () => number;
  readonly #begin: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#begin = now();
  }

  /** Runs a part and notes when it began and how long it took, however it ends. */
  async time<T>(step: string, part: () => Promise<T>): Promise<T> {
    const timing: PartTiming = { step, startMs: this.#now() - this.#begin, durationMs: 0 };
    this.timings.push(timing);
    try {
      return await part();
    } finally {
      timing.durationMs = this.#now() - this.#begin - timing.startMs;
    }
  }
}
