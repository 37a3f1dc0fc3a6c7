/**
 * Hands out a fixed number of permits; a wait can be given up. Whose owner holds fewest is served first, and then who came
 * first: an owner with a long line, or one that holds long what it has, does not keep the others waiting behind it.
 */
export class Permits {
  readonly max: number;
  #inUse = 0;
  readonly #held = new Map<string, number>();
  /** By owner, in order of arrival; none is empty. The owner served last comes last. */
  readonly #lines = new Map<string, Set<() => void>>();

  constructor(max: number) {
    this.max = max;
  }

  get inUse(): number {
    return this.#inUse;
  }

  get waiting(): number {
    return this.#lines.values().reduce((sum, { size }) => sum + size, 0);
  }

  /** False when `waitMs` went by without one; rejects with the signal's reason when it fires first. */
  acquire(owner: string, signal: AbortSignal, waitMs: number): Promise<boolean> {
    signal.throwIfAborted();
    if (this.#inUse < this.max) {
      this.#count(owner, 1);
      return Promise.resolve(true);
    }
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#leaveLine(owner, granted);
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
      };
      const granted = (): void => {
        leave();
        resolve(true);
      };
      const onAbort = (): void => {
        leave();
        reject(signal.reason as Error);
      };
      const timer = setTimeout(() => {
        leave();
        resolve(false);
      }, waitMs);
      signal.addEventListener('abort', onAbort, { once: true });
      const line = this.#lines.get(owner);
      if (line) line.add(granted);
      else this.#lines.set(owner, new Set([granted]));
    });
  }

  /** Of the owner who acquired it. */
  release(owner: string): void {
    this.#count(owner, -1);
    const next = this.#next();
    if (next === undefined) return;
    const [waiter, line] = next;
    this.#lines.delete(waiter);
    this.#lines.set(waiter, line);
    this.#count(waiter, 1);
    for (const granted of line) return granted();
  }

  #next(): [owner: string, line: Set<() => void>] | undefined {
    return this.#lines
      .entries()
      .reduce<[string, Set<() => void>] | undefined>(
        (least, one) => (least && this.#heldBy(least[0]) <= this.#heldBy(one[0]) ? least : one),
        undefined,
      );
  }

  #heldBy(owner: string): number {
    return this.#held.get(owner) ?? 0;
  }

  #count(owner: string, change: 1 | -1): void {
    this.#inUse += change;
    const held = this.#heldBy(owner) + change;
    if (held === 0) this.#held.delete(owner);
    else this.#held.set(owner, held);
  }

  #leaveLine(owner: string, granted: () => void): void {
    const line = this.#lines.get(owner);
    line?.delete(granted);
    if (line?.size === 0) this.#lines.delete(owner);
  }
}
