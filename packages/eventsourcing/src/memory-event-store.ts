import { isDeepStrictEqual } from 'node:util';
import {
  type Append,
  type Appended,
  type Call,
  ConcurrencyError,
  type Delivery,
  DuplicateEventError,
  type EventStore,
  type ExpectedVersion,
  isWantedType,
  type ReadAll,
  type ReadStream,
  type RecordedEvent,
} from './event-store.ts';
import { type Event, frozenCopy } from './message.ts';
import { abortable } from './abortable.ts';

/** As much of a logger as is used here. */
export interface AppendLog {
  info(fields: { stream: string; event_count: number; version: number }, message: string): void;
}

interface Stream {
  readonly events: RecordedEvent[];
  readonly ids: Set<string>;
}

interface TenantLog {
  readonly all: RecordedEvent[];
  readonly streams: Map<string, Stream>;
  /** Settles with the next append. */
  grown: PromiseWithResolvers<void>;
}

const emptyLog = (): TenantLog => ({
  all: [],
  streams: new Map(),
  grown: Promise.withResolvers(),
});

/** Keeps everything in this process; for tests, and for what may be lost. */
export class MemoryEventStore implements EventStore {
  readonly #tenants = new Map<string, TenantLog>();
  readonly #log: AppendLog | undefined;

  constructor(log?: AppendLog) {
    this.#log = log;
  }

  /** Nothing is awaited between the look and the write, so nobody comes between. */
  // oxlint-disable-next-line typescript/require-await -- what is refused rejects
  async append(call: Call, append: Append): Promise<Appended> {
    call.signal.throwIfAborted();
    const log = this.#tenant(call.tenant);
    const { stream, events, expected } = checked(call, append);
    const { events: before, ids } = log.streams.get(stream) ?? { events: [], ids: new Set() };
    const repeated = repetition(before, append);
    if (repeated) return { version: repeated.version, position: repeated.position, repeated: true };
    if (!holds(expected, before.length)) throw new ConcurrencyError(stream, expected, before.length);
    const isTwice = new Set(events.map(({ id }) => id)).size < events.length;
    if (isTwice || events.some(({ id }) => ids.has(id))) throw new DuplicateEventError(stream);

    const recorded = events.map((event, index) =>
      frozenCopy<RecordedEvent>({
        ...event,
        stream,
        version: before.length + index + 1,
        position: String(log.all.length + index + 1),
      }),
    );
    log.streams.set(stream, { events: before, ids });
    before.push(...recorded);
    for (const { id } of recorded) ids.add(id);
    log.all.push(...recorded);
    const { version, position } = recorded.at(-1)!;
    this.#log?.info({ stream, event_count: recorded.length, version }, 'events appended');
    log.grown.resolve();
    log.grown = Promise.withResolvers();
    return { version, position, repeated: false };
  }

  async *readStream(call: Call, read: ReadStream): AsyncGenerator<RecordedEvent> {
    const events = this.#tenant(call.tenant).streams.get(read.stream)?.events ?? [];
    const wanted =
      read.direction === 'backwards'
        ? events.slice(0, Math.max(read.from ?? events.length, 0)).reverse()
        : events.slice(Math.max((read.from ?? 1) - 1, 0));
    for (const event of wanted.slice(0, read.limit)) {
      call.signal.throwIfAborted();
      yield event;
    }
    call.signal.throwIfAborted();
  }

  async *readAll(call: Call, read: ReadAll): AsyncGenerator<RecordedEvent> {
    const { all } = this.#tenant(call.tenant);
    const end = all.length;
    let left = read.limit ?? Infinity;
    for (let at = Number(read.after ?? 0); at < end && left > 0; at += 1) {
      call.signal.throwIfAborted();
      if (!isWanted(all[at]!, read)) continue;
      left -= 1;
      yield all[at]!;
    }
    call.signal.throwIfAborted();
  }

  async *subscribe(call: Call, read: Omit<ReadAll, 'limit'>): AsyncGenerator<Delivery> {
    const log = this.#tenant(call.tenant);
    const end = log.all.length;
    let at = Number(read.after ?? 0);
    let isLive = false;
    for (;;) {
      call.signal.throwIfAborted();
      if (!isLive && at >= end) {
        isLive = true;
        yield { type: 'caught-up', position: String(at) };
        continue;
      }
      const event = log.all[at];
      if (event === undefined) {
        await abortable(log.grown.promise, call.signal);
        continue;
      }
      at += 1;
      if (isWanted(event, read)) yield { type: 'event', event };
    }
  }

  #tenant(tenant: string): TenantLog {
    const log = this.#tenants.get(tenant) ?? emptyLog();
    this.#tenants.set(tenant, log);
    return log;
  }
}

function checked(call: Call, append: Append): Append {
  if (append.events.length === 0) throw new RangeError(`nothing to append to stream "${append.stream}"`);
  const foreign = append.events.find(({ tenant }) => tenant !== call.tenant);
  if (foreign) throw new RangeError(`event ${foreign.id} is of another tenant than the call`);
  return append;
}

/** The last of these events, when all of them are there already, where this append would have put them. */
function repetition(before: readonly RecordedEvent[], { events, expected }: Append): RecordedEvent | undefined {
  const first = firstVersion(before, events[0]!.id, expected);
  if (first === undefined) return undefined;
  const there = before.slice(first - 1, first - 1 + events.length);
  return there.length === events.length && there.every((event, index) => isSame(event, events[index]!))
    ? there.at(-1)
    : undefined;
}

const isSame = (one: Event, other: Event): boolean =>
  one.id === other.id && one.type === other.type && isDeepStrictEqual(one.data, other.data);

function firstVersion(before: readonly RecordedEvent[], id: string, expected: ExpectedVersion): number | undefined {
  if (expected.type === 'exact') return expected.version + 1;
  if (expected.type === 'no-stream') return 1;
  return before.find((event) => event.id === id)?.version;
}

function holds(expected: ExpectedVersion, actual: number): boolean {
  switch (expected.type) {
    case 'any':
      return true;
    case 'no-stream':
      return actual === 0;
    case 'exists':
      return actual > 0;
    case 'exact':
      return actual === expected.version;
  }
}

const isWanted = (event: RecordedEvent, { types, streamPrefix = '' }: ReadAll): boolean =>
  isWantedType(types, event.type) && event.stream.startsWith(streamPrefix);
