/** A watch that is being served. */
export interface OpenWatch {
  /** Whether its connection takes no new calls any more. */
  readonly connectionClosing: boolean;
  /** Ends it with UNAVAILABLE: its watcher starts again elsewhere. */
  endWatch(): void;
}

/** A connection that is to be renewed waits for its watches no longer than this. */
const LOOK_EVERY_MS = 1_000;
/** Of its time a watch keeps this back, at most a second, to say itself that it ends. */
const FAREWELL_SHARE = 0.05;
const FAREWELL_MS = 1_000;

/** When a watch that may last `ms` ends: a little before its deadline does it, which would be an error. */
export const watchEndsAfterMs = (ms: number): number => ms - Math.min(FAREWELL_MS, ms * FAREWELL_SHARE);

/** The watches of a server. They would outlast a drain and keep an old connection for ever, so they are ended. */
export class OpenWatches {
  readonly #watches = new Set<OpenWatch>();
  #timer: NodeJS.Timeout | undefined;

  get size(): number {
    return this.#watches.size;
  }

  add(watch: OpenWatch): void {
    this.#watches.add(watch);
  }

  delete(watch: OpenWatch): void {
    this.#watches.delete(watch);
  }

  /** Ends the watches of connections that close, until `stop`. */
  start(): void {
    this.#timer = setInterval(() => this.#end((watch) => watch.connectionClosing), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  endAll(): void {
    this.#end(() => true);
  }

  #end(which: (watch: OpenWatch) => boolean): void {
    for (const watch of [...this.#watches].filter(which)) watch.endWatch();
  }
}

/** Whether the connection of a call takes no new ones. Private to grpc-js, which says it nowhere else. */
export function connectionCloses(call: unknown): boolean {
  const { stream } = (call as { call?: { stream?: { session?: { closed: boolean } } } }).call ?? {};
  return stream?.session?.closed ?? false;
}
