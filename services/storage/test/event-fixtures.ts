import type { Append, EventLog, LogPage, NewEvent, RecordedEvent } from '../src/events/index.ts';

export const eventOf = (id: string, change: Partial<NewEvent> = {}): NewEvent => ({
  id,
  type: 'thing.happened',
  source: 's',
  subject: '',
  time: new Date(0),
  data: Buffer.alloc(2),
  contentType: 'application/json',
  schema: '',
  correlationId: '',
  causationId: '',
  ...change,
});

/** One event for a stream of its own, whatever its revision. */
export const appendOf = (
  id: string,
  { bytes = 2, tenant = 't' }: { bytes?: number; tenant?: string } = {},
): Append => ({
  tenant,
  stream: id,
  expected: { type: 'any' },
  events: [eventOf(id, { data: Buffer.alloc(bytes) })],
});

/** A list that plays the log: events are put into it, reads are counted, and the next can be made to fail. */
export class ListedLog implements Pick<EventLog, 'readLog' | 'head' | 'readAll'> {
  readonly events: RecordedEvent[] = [];
  readonly reads = { log: 0, all: 0 };
  /** What the next read of the tail rejects with. */
  failure: Error | undefined;
  #listener: () => void = () => {};
  listening = 0;

  /** Puts an event in without telling anybody. */
  put(change: Partial<RecordedEvent> = {}): RecordedEvent {
    const position = (this.events.at(-1)?.position ?? 0n) + 1n;
    const event = {
      ...eventOf(`e${position}`),
      tenant: 't',
      stream: 's',
      revision: position,
      position,
      appendTime: new Date(0),
      ...change,
    };
    this.events.push(event);
    return event;
  }

  tell(): void {
    this.#listener();
  }

  listen = (onAppended: () => void): (() => Promise<void>) => {
    this.listening += 1;
    this.#listener = onAppended;
    return () => {
      this.listening -= 1;
      return Promise.resolve();
    };
  };

  head(): Promise<bigint> {
    return Promise.resolve(this.events.at(-1)?.position ?? 0n);
  }

  readLog(after: bigint, limit: number): Promise<RecordedEvent[]> {
    this.reads.log += 1;
    const { failure } = this;
    this.failure = undefined;
    if (failure) return Promise.reject(failure);
    return Promise.resolve(this.events.filter(({ position }) => position > after).slice(0, limit));
  }

  readAll: EventLog['readAll'] = (call, { after = 0n, limit, filter }): Promise<LogPage> => {
    this.reads.all += 1;
    const own = this.events
      .filter(({ tenant, position }) => tenant === call.tenant && position > after)
      .slice(0, limit);
    const events = own.filter(({ type }) => filter.types.length === 0 || filter.types.includes(type));
    return Promise.resolve({ events, through: own.at(-1)?.position ?? after, isEnd: own.length === 0 });
  };
}
