import type { EventLog } from './event-log.ts';
import { type EventFilter, fits, type RecordedEvent } from './event.ts';

export interface EventTailOptions {
  readonly log: Pick<EventLog, 'readLog' | 'head'>;
  /** Calls back when something was appended, here or elsewhere; returns what ends that. It may miss some. */
  readonly listen: (onAppended: () => void) => () => Promise<void>;
  /** How long to go without looking when nobody says that something was appended. */
  readonly pollMs: number;
  /** Told of a look that failed; it is tried again. */
  readonly onError: (error: unknown) => void;
  readonly maxEvents?: number;
  readonly maxBytes?: number;
}

/** Rows of one look, and of one step of a reader. */
const PAGE_EVENTS = 500;
/** Beyond the last event: a message stays far below what a client takes. */
const PAGE_BYTES = 256 * 1024;

/** Some of what lies behind a position. */
export interface TailSlice {
  /** Those of interest. */
  readonly events: readonly RecordedEvent[];
  /** Of the tenant, but not of interest. */
  readonly passed: number;
  /** How far the reader is with it, past events of others too. */
  readonly through: bigint;
  /** The tenant's last event up to there, if there was one. */
  readonly last: bigint | undefined;
  /** There is nothing more at the moment. */
  readonly isHead: boolean;
}

/**
 * The newest events of all tenants in memory, read once for all who watch. Nothing is pushed: each reader takes what is
 * behind its own position when it is ready for more, so a slow one holds nobody up, and what has left the memory by then
 * it finds in the log.
 */
export class EventTail {
  readonly #options: EventTailOptions;
  readonly #maxEvents: number;
  readonly #maxBytes: number;
  #events: RecordedEvent[] = [];
  #bytes = 0;
  /** Everything behind it, up to the head, is in memory. */
  #floor: bigint;
  #head: bigint;
  /** A look is between two pages: the head may be in the midst of an append. */
  #isLooking = false;
  readonly #readers = new Set<() => void>();
  #lookers: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  #isAsked = true;
  #ask: () => void = () => {};
  #isStopped = false;
  readonly #stopListening: () => Promise<void>;
  readonly #following: Promise<void>;

  private constructor(options: EventTailOptions, head: bigint) {
    this.#options = options;
    this.#maxEvents = options.maxEvents ?? 10_000;
    this.#maxBytes = options.maxBytes ?? 16 * 1024 * 1024;
    this.#floor = this.#head = head;
    this.#stopListening = options.listen(() => this.#wake());
    this.#following = this.#follow();
  }

  static async start(options: EventTailOptions): Promise<EventTail> {
    return new EventTail(options, await options.log.head());
  }

  get head(): bigint {
    return this.#head;
  }

  /** Whether the position was the last of all when the tail looked. */
  isEnd(position: bigint): boolean {
    return position === this.#head && !this.#isLooking;
  }

  get size(): { events: number; bytes: number } {
    return { events: this.#events.length, bytes: this.#bytes };
  }

  /** Resolves after a look that began now: everything that was appended before is in. */
  look(): Promise<void> {
    const looked = new Promise<void>((resolve, reject) => this.#lookers.push({ resolve, reject }));
    this.#wake();
    return looked;
  }

  /** Undefined when some of what is behind the position is no longer in memory. */
  since(position: bigint, tenant: string, filter: EventFilter): TailSlice | undefined {
    if (position < this.#floor) return undefined;
    const own: RecordedEvent[] = [];
    let bytes = 0;
    let at = firstBehind(this.#events, position);
    // Cut by the tenant's own events: where a page ends tells nothing of what others append.
    for (; at < this.#events.length && own.length < PAGE_EVENTS && bytes < PAGE_BYTES; at += 1) {
      const event = this.#events[at];
      if (event?.tenant !== tenant) continue;
      own.push(event);
      bytes += event.data.length;
    }
    const events = own.filter((event) => fits(filter, event));
    const isHead = at === this.#events.length;
    // A reader may come from a replica that is further than this one.
    const through = isHead ? max(this.#head, position) : (own.at(-1)?.position ?? position);
    return { events, passed: own.length - events.length, through, last: own.at(-1)?.position, isHead };
  }

  /** Resolves when there is something behind the position. */
  async beyond(position: bigint, signal: AbortSignal): Promise<void> {
    while (this.#head <= position) await this.#change(signal);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#ask();
    await Promise.all([this.#following, this.#stopListening()]);
  }

  #wake(): void {
    this.#isAsked = true;
    this.#ask();
  }

  #change(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.#readers.delete(onChange);
        signal.removeEventListener('abort', onAbort);
      };
      const onChange = (): void => {
        leave();
        resolve();
      };
      const onAbort = (): void => {
        leave();
        reject(signal.reason as Error);
      };
      this.#readers.add(onChange);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  async #follow(): Promise<void> {
    while (!this.#isStopped) {
      const lookers = this.#lookers.splice(0);
      this.#isAsked = false;
      try {
        let hasMore = await this.#readOn();
        // Under load there is always more: a look ends with what was there when it began.
        const end = hasMore && lookers.length > 0 ? await this.#options.log.head() : this.#head;
        while (hasMore && this.#head < end) hasMore = await this.#readOn();
        for (const { resolve } of lookers) resolve();
        this.#isAsked ||= hasMore;
      } catch (error) {
        for (const { reject } of lookers) reject(error);
        this.#options.onError(error);
        this.#isAsked = false;
      }
      await this.#pause();
    }
    for (const { reject } of this.#lookers) reject(new Error('the tail was stopped'));
  }

  /** True when there may be more. */
  async #readOn(): Promise<boolean> {
    const events = await this.#options.log.readLog(this.#head, PAGE_EVENTS);
    const last = events.at(-1);
    // A look is cut off by rows or by bytes; half of either is no sign of the end.
    this.#isLooking = events.length > PAGE_EVENTS / 2 || bytesOf(events) > 128 * 1024;
    if (last === undefined) return false;
    for (const event of events) this.#bytes += event.data.length;
    this.#events.push(...events);
    this.#head = last.position;
    this.#trim();
    for (const tell of this.#readers) tell();
    return this.#isLooking;
  }

  #trim(): void {
    let count = 0;
    let bytes = this.#bytes;
    while (this.#events.length - count > this.#maxEvents || bytes > this.#maxBytes) {
      bytes -= this.#events[count]?.data.length ?? 0;
      count += 1;
    }
    if (count === 0) return;
    this.#floor = this.#events[count - 1]?.position ?? this.#floor;
    this.#events = this.#events.slice(count);
    this.#bytes = bytes;
  }

  #pause(): Promise<void> {
    if (this.#isAsked || this.#isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#ask(), this.#options.pollMs);
      this.#ask = () => {
        clearTimeout(timer);
        this.#ask = () => {};
        resolve();
      };
    });
  }
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

const bytesOf = (events: readonly RecordedEvent[]): number => events.reduce((sum, { data }) => sum + data.length, 0);

/** Index of the first event behind the position; events are in order. */
function firstBehind(events: readonly RecordedEvent[], position: bigint): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.position ?? 0n) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
