import { untilAborted } from './async-iteration.ts';
import { runInTime, type CallTime } from './call-context.ts';

/** Work that several wait for, with whatever else they share while it goes on. */
export interface Shared<T> {
  readonly result: Promise<T>;
}

interface Flight {
  readonly work: Shared<unknown>;
  readonly waiting: Set<CallTime>;
  readonly nobodyWaits: AbortController;
  /** Latest end of its time that the work has heard of, by `performance.now()`. */
  readonly knownEnd: () => number;
}

/** Who has so much more time than the work ever knew of would rather begin again than fail with it. */
const MORE_TIME_MS = 1_000;

/**
 * Equal work is done once, for all who ask while it is under way. It goes on when the one that began it leaves, and is told to
 * stop when the last one has. It has as much time as whoever waits longest, and everybody waits no longer than they can; one who
 * comes when the time is given out already begins again when that was too little.
 */
export class SingleFlight {
  readonly #flights = new Map<string, Flight>();
  readonly #mayTimeHelp: (error: unknown) => boolean;

  /** @param mayTimeHelp whether work that failed so may do better with more time; any other failure is everybody's */
  constructor(mayTimeHelp: (error: unknown) => boolean) {
    this.#mayTimeHelp = mayTimeHelp;
  }

  /**
   * `begin` runs in the call of whoever came first, with the time of all; `onShared` is told of what somebody else began. All
   * work under one key is of one kind.
   */
  async join<S extends Shared<unknown>>(
    key: string,
    call: CallTime,
    begin: (time: CallTime) => S,
    onShared: (work: S) => void,
  ): Promise<Awaited<S['result']>> {
    // One call may wait for the same more than once.
    const waiting: CallTime = { signal: call.signal, remainingMs: () => call.remainingMs() };
    for (;;) {
      const found = this.#flights.get(key);
      if (found) onShared(found.work as S);
      const flight = found ?? this.#begin(key, waiting, begin);
      try {
        return (await this.#wait(key, flight, waiting)) as Awaited<S['result']>;
      } catch (error) {
        const mine = performance.now() + call.remainingMs();
        if (call.signal.aborted || !this.#mayTimeHelp(error) || flight.knownEnd() + MORE_TIME_MS > mine) throw error;
      }
    }
  }

  /** Different pieces of work that are under way. */
  get size(): number {
    return this.#flights.size;
  }

  #begin(key: string, call: CallTime, begin: (time: CallTime) => Shared<unknown>): Flight {
    const nobodyWaits = new AbortController();
    const waiting = new Set([call]);
    const longest = (): number => Math.max(0, ...Array.from(waiting, (one) => one.remainingMs()));
    let knownEnd = performance.now() + longest();
    const remainingMs = (): number => {
      const left = longest();
      knownEnd = Math.max(knownEnd, performance.now() + left);
      return left;
    };
    const { signal } = nobodyWaits;
    // The time that clients are given is not what the work plans with.
    const work = runInTime({ signal, remainingMs: longest }, () => begin({ signal, remainingMs }));
    const flight: Flight = { work, waiting, nobodyWaits, knownEnd: () => knownEnd };
    this.#flights.set(key, flight);
    const over = (): void => this.#forget(key, flight);
    work.result.then(over, over);
    return flight;
  }

  async #wait(key: string, flight: Flight, call: CallTime): Promise<unknown> {
    flight.waiting.add(call);
    try {
      return await untilAborted(flight.work.result, call.signal);
    } finally {
      flight.waiting.delete(call);
      if (flight.waiting.size === 0) {
        // Whoever asks from now on begins anew.
        this.#forget(key, flight);
        flight.nobodyWaits.abort(call.signal.reason);
      }
    }
  }

  #forget(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
