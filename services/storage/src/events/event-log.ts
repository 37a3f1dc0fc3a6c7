import type { Append, AppendOutcome, Call, Direction, EventFilter, RecordedEvent } from './event.ts';

export interface StreamRange {
  readonly stream: string;
  /** The first revision to read; 0 is the end where the direction begins. */
  readonly from: bigint;
  readonly direction: Direction;
  readonly limit: number;
}

export interface LogRange {
  /** Exclusive; undefined is the end where the direction begins. */
  readonly after: bigint | undefined;
  readonly direction: Direction;
  readonly limit: number;
  readonly filter: EventFilter;
}

export interface LogPage {
  readonly events: readonly RecordedEvent[];
  /** The last position looked at, whether of interest or not. */
  readonly through: bigint;
  /** There was nothing behind it. */
  readonly isEnd: boolean;
}

/**
 * The log of all tenants. Pages hold at most `limit` events and about 256 KiB of data, and at least one event when
 * there are any.
 */
export interface EventLog {
  /**
   * In the order given, in one transaction, with a limit of its own: it is never cut short for one of many callers.
   * Rejects when none of it was done, or when that is not known.
   */
  append(appends: readonly Append[]): Promise<AppendOutcome[]>;
  /** Sees the call's tenant only. */
  readStream(call: Call, range: StreamRange): Promise<RecordedEvent[]>;
  /** Sees the call's tenant only. Looks at a bounded number of events, also when few are of interest. */
  readAll(call: Call, range: LogRange): Promise<LogPage>;
  /** Of every tenant, for the tail that hands events on. */
  readLog(after: bigint, limit: number): Promise<RecordedEvent[]>;
  /** The position of the last event of every tenant; 0 when there is none. */
  head(): Promise<bigint>;
  /** What position tokens are sealed with: the same in every replica. */
  positionKey(call: Call): Promise<Uint8Array>;
}
