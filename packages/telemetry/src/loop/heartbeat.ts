export interface WatcherData {
  /** Of the main thread, see `Heartbeat`. */
  readonly heartbeat: SharedArrayBuffer;
  readonly limitMs: number;
}

/** What the main thread tells its watcher: when its loop last turned, and when it will again. */
export class Heartbeat {
  readonly memory: SharedArrayBuffer;
  readonly #values: Int32Array;

  constructor(memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#values = new Int32Array(memory);
  }

  /** The time of the last beat on the shared clock. */
  get last(): number {
    return Atomics.load(this.#values, 0);
  }

  get nextAfterMs(): number {
    return Atomics.load(this.#values, 1);
  }

  beat(nextAfterMs: number): void {
    Atomics.store(this.#values, 0, sharedClock());
    Atomics.store(this.#values, 1, nextAfterMs);
  }

  /** How late the next beat is; negative when it is not due yet. */
  lateMs(): number {
    return between(this.last, sharedClock()) - this.nextAfterMs;
  }

  /**
   * Whether `beat` was still the last one `msAgo`: native code answers when it returns, and the loop may turn before the
   * answer is read.
   */
  stoodStill(beat: number, msAgo: number): boolean {
    const { last } = this;
    return last === beat || between(last, sharedClock()) <= msAgo;
  }
}

/** What the watcher saw while the loop stood still. */
export interface Sighting {
  /** The last beat before that. */
  readonly beat: number;
  /** Innermost first. */
  readonly frames: readonly Frame[];
}

export interface Frame {
  /** Empty for code outside any function. */
  readonly name: string;
  /** As V8 names it: `file:///…`, `node:…`. */
  readonly url: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Milliseconds on a clock that all threads of a process have in common; wraps, so only differences mean something. */
export const sharedClock = (): number => Math.trunc(performance.timeOrigin + performance.now()) | 0;

/** Milliseconds from `earlier` to `later`, across the wrap. */
export const between = (earlier: number, later: number): number => (later - earlier) | 0;
