/** What knows where it stands among the calls under way; -1 before. */
export interface Placed {
  place: number;
}

/**
 * The calls a server has under way, in no order. Not in a Set: V8 links each of its tables to the one that takes its
 * place, and once one has grown old, all the younger, with the calls that were in them, stay until a full collection.
 */
export class CallsUnderWay<C extends Placed> {
  readonly #calls: C[] = [];

  get size(): number {
    return this.#calls.length;
  }

  add(call: C): void {
    call.place = this.#calls.push(call) - 1;
  }

  has(call: C): boolean {
    return this.#calls[call.place] === call;
  }

  delete(call: C): void {
    if (!this.has(call)) return;
    const last = this.#calls.pop()!;
    if (last === call) return;
    this.#calls[call.place] = last;
    last.place = call.place;
  }

  /** A snapshot: calls may end while it is read. */
  all(): readonly C[] {
    return [...this.#calls];
  }
}
