import type { Call, Direction, EventFilter, RecordedEvent } from './event.ts';
import type { EventLog, LogPage } from './event-log.ts';

/** Rows that one statement fetches at most. */
export const PAGE_EVENTS = 500;

export interface StreamReading {
  readonly stream: string;
  readonly from: bigint;
  readonly direction: Direction;
  /** 0: all. */
  readonly limit: bigint;
}

export interface LogReading {
  readonly after: bigint | undefined;
  readonly direction: Direction;
  /** 0: all. */
  readonly limit: bigint;
  readonly filter: EventFilter;
}

/** How many more may be read at once. */
const next = (limit: bigint, read: bigint): number =>
  limit === 0n || limit - read > PAGE_EVENTS ? PAGE_EVENTS : Number(limit - read);

/**
 * Pages of a stream. No connection is held between them, so a slow reader costs nothing; events that are appended while
 * it reads forwards are read too.
 */
export async function* readStream(
  log: EventLog,
  call: Call,
  reading: StreamReading,
): AsyncGenerator<readonly RecordedEvent[], void> {
  const { limit, direction } = reading;
  let { from } = reading;
  for (let read = 0n; limit === 0n || read < limit;) {
    const events = await log.readStream(call, { ...reading, from, limit: next(limit, read) });
    const last = events.at(-1);
    if (last === undefined) return;
    yield events;
    read += BigInt(events.length);
    if (direction === 'backwards' && last.revision === 1n) return;
    from = direction === 'forwards' ? last.revision + 1n : last.revision - 1n;
  }
}

/** Pages of all streams, as `readStream`. A page without events tells how far the reader is. */
export async function* readAll(log: EventLog, call: Call, reading: LogReading): AsyncGenerator<LogPage, void> {
  const { limit } = reading;
  let { after } = reading;
  for (let read = 0n; limit === 0n || read < limit;) {
    const page = await log.readAll(call, { ...reading, after, limit: next(limit, read) });
    if (page.events.length > 0 || !page.isEnd) yield page;
    if (page.isEnd) return;
    read += BigInt(page.events.length);
    after = page.through;
  }
}
