/** Counts values by size, in the shape OpenTelemetry and Prometheus read. Recording allocates nothing. */
export class Histogram {
  readonly boundaries: readonly number[];
  readonly #counts: Float64Array;
  #sum = 0;
  #count = 0;

  constructor(boundaries: readonly number[]) {
    this.boundaries = boundaries;
    this.#counts = new Float64Array(boundaries.length + 1);
  }

  get count(): number {
    return this.#count;
  }

  get sum(): number {
    return this.#sum;
  }

  /** A value on a boundary belongs to the bucket below it. */
  record(value: number): void {
    let low = 0;
    let high = this.boundaries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.boundaries[middle]! < value) low = middle + 1;
      else high = middle;
    }
    this.#counts[low]! += 1;
    this.#sum += value;
    this.#count += 1;
  }

  /** How many values each bucket holds; the last holds what is above every boundary. */
  counts(): number[] {
    return [...this.#counts];
  }
}

/** Only ever grows. */
export class Counter {
  #value = 0;

  get value(): number {
    return this.#value;
  }

  add(amount = 1): void {
    this.#value += amount;
  }
}
