import type { Event } from './message.ts';

/** Who calls, and for how long the answer is still wanted. Work stops when the signal fires. */
export interface Call {
  readonly tenant: string;
  readonly signal: AbortSignal;
  readonly deadline: { remainingMs(): number };
}

/** What the stream has to be like for an append to go through. Versions count its events: the first is 1. */
export type ExpectedVersion =
  | { readonly type: 'any' }
  | { readonly type: 'no-stream' }
  | { readonly type: 'exists' }
  /** 0 is the same as `no-stream`. */
  | { readonly type: 'exact'; readonly version: number };

export interface Append {
  readonly stream: string;
  /** At least one; all are stored or none. */
  readonly events: readonly Event[];
  readonly expected: ExpectedVersion;
}

export interface Appended {
  /** Of the last of these events. */
  readonly version: number;
  readonly position: Position;
  /** These very events were there already; nothing was stored. */
  readonly repeated: boolean;
}

/** A place in the log of a tenant. Only the store that gave it can order it. */
export type Position = string;

export type RecordedEvent<E extends Event = Event> = E & {
  readonly stream: string;
  /** 1..n within its stream, without a gap. */
  readonly version: number;
  readonly position: Position;
};

export interface ReadStream {
  readonly stream: string;
  /** Inclusive; without it from the first, or the last when reading backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

export interface ReadAll {
  /** Exclusive, so that a checkpoint is where to go on; without it from the beginning. */
  readonly after?: Position | undefined;
  /** Only these; all when there are none. */
  readonly types?: readonly string[] | undefined;
  /** Only of streams whose name begins so. */
  readonly streamPrefix?: string;
  readonly limit?: number;
}

export type Delivery =
  | { readonly type: 'event'; readonly event: RecordedEvent }
  /** All that was there has been delivered; what follows is new. Again when the reader had fallen behind. */
  | { readonly type: 'caught-up'; readonly position: Position }
  /** Nothing of interest came, but the reader is further. */
  | { readonly type: 'progress'; readonly position: Position };

/**
 * Every method sees the call's tenant only and stops, also within an iteration, when the call's signal fires. What it
 * gives is frozen or the caller's own. `eventStoreContract` (in `/testing`) is this text as tests.
 */
export interface EventStore {
  /**
   * Throws `ConcurrencyError` when the stream is not as expected. The same ids, types and data at the same expected
   * version are answered as the first time: an append whose answer was lost may be repeated.
   */
  append(call: Call, append: Append): Promise<Appended>;
  /** An unknown stream reads empty. */
  readStream(call: Call, read: ReadStream): AsyncIterable<RecordedEvent>;
  /** In order of commit: nothing ever appears before a position that was read. Ends with the last event there is. */
  readAll(call: Call, read: ReadAll): AsyncIterable<RecordedEvent>;
  /** As `readAll`, then goes on with each new event, at the pace of the reader. */
  subscribe(call: Call, read: Omit<ReadAll, 'limit'>): AsyncIterable<Delivery>;
}

const inWords = (expected: ExpectedVersion): string =>
  expected.type === 'exact' ? `version ${expected.version}` : expected.type;

/** Another was first. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError';
  readonly stream: string;
  readonly expected: ExpectedVersion;
  /** 0 when there is no such stream. */
  readonly actual: number;

  constructor(stream: string, expected: ExpectedVersion, actual: number) {
    super(`stream "${stream}" is at version ${actual}, expected ${inWords(expected)}`);
    this.stream = stream;
    this.expected = expected;
    this.actual = actual;
  }
}

/** The stream has some of the ids, but not these events at this place, or other ones; or an id is given twice. */
export class DuplicateEventError extends Error {
  override readonly name = 'DuplicateEventError';
  readonly stream: string;

  constructor(stream: string) {
    super(`stream "${stream}" has some of these event ids already: give new events new ids`);
    this.stream = stream;
  }
}

/** Whether a filter lets events of this type through. */
export const isWantedType = (types: readonly string[] | undefined, type: string): boolean =>
  types === undefined || types.length === 0 || types.includes(type);

/** The events of a stream as a list of the caller's own. */
export async function loadStream(store: EventStore, call: Call, read: ReadStream): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of store.readStream(call, read)) events.push(event);
  return events;
}
