import { untilAborted } from '@exempla/rpc';

/** Who waits, and for how long. */
export interface Waiting {
  readonly signal: AbortSignal;
  remainingMs(): number;
}

/** Work that several wait for. */
interface Flight {
  readonly result: Promise<unknown>;
  /** When the time it was given ends, by `performance.now()`. */
  readonly endsAt: number;
  readonly nobodyWaits: AbortController;
  waiting: number;
}

/** Who has so much more time than the one that began would rather begin again than fail with it. */
const MORE_TIME_MS = 1_000;

/**
 * Equal work is done once, for all who ask while it is under way. It goes on when the one that began it leaves, and is told to
 * stop when the last one has. It has the time of the one that began; another one with more begins again when that was too little.
 */
export class SingleFlight {
  readonly #flights = new Map<string, Flight>();
  readonly #mayTimeHelp: (error: unknown) => boolean;

  /** @param mayTimeHelp whether work that failed so may do better with more time; any other failure is everybody's */
  constructor(mayTimeHelp: (error: unknown) => boolean) {
    this.#mayTimeHelp = mayTimeHelp;
  }

  /** `onShared` is told when it waits for work that somebody else began. */
  async join<T>(
    key: string,
    waiting: Waiting,
    work: (shared: Waiting) => Promise<T>,
    onShared: () => void,
  ): Promise<T> {
    for (;;) {
      const found = this.#flights.get(key);
      if (found) onShared();
      const flight = found ?? this.#begin(key, waiting, work);
      try {
        return (await this.#wait(key, flight, waiting.signal)) as T;
      } catch (error) {
        const mine = performance.now() + waiting.remainingMs();
        if (waiting.signal.aborted || !this.#mayTimeHelp(error) || flight.endsAt + MORE_TIME_MS > mine) throw error;
      }
    }
  }

  /** Different pieces of work that are under way. */
  get size(): number {
    return this.#flights.size;
  }

  #begin(key: string, waiting: Waiting, work: (shared: Waiting) => Promise<unknown>): Flight {
    const endsAt = performance.now() + waiting.remainingMs();
    const nobodyWaits = new AbortController();
    const result = work({ signal: nobodyWaits.signal, remainingMs: () => endsAt - performance.now() });
    const flight: Flight = { result, endsAt, nobodyWaits, waiting: 0 };
    this.#flights.set(key, flight);
    const over = (): void => this.#forget(key, flight);
    result.then(over, over);
    return flight;
  }

  async #wait(key: string, flight: Flight, signal: AbortSignal): Promise<unknown> {
    flight.waiting += 1;
    try {
      return await untilAborted(flight.result, signal);
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) {
        // Whoever asks from now on begins anew.
        this.#forget(key, flight);
        flight.nobodyWaits.abort(new Error('nobody waits for the answer any more'));
      }
    }
  }

  #forget(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
