import type { Append, Delivery, EventStore, RecordedEvent } from './event-store.ts';
import { deepFreeze, type Event } from './message.ts';

/** Turns the data of version `from` into that of the next. Pure: it is given frozen data and returns new. */
export interface Upcaster {
  readonly type: string;
  readonly from: number;
  readonly upcast: (data: never) => unknown;
}

/** Thrown where upcasters are put together, or where an event has a version that no chain reaches. */
export class UpcastError extends Error {
  override readonly name = 'UpcastError';
}

/** `OrderCreated/v2`: the schema of an event that has this version. */
export const schemaOf = (type: string, version: number): string => `${type}/v${version}`;

/** 1 when the schema says nothing. */
function versionOf({ id, type, schema }: Event): number {
  if (schema === '') return 1;
  const version = schema.startsWith(`${type}/v`) ? Number(schema.slice(type.length + 2)) : NaN;
  if (!Number.isSafeInteger(version) || version < 1)
    throw new UpcastError(`event ${id}: schema "${schema}" is not of the form ${schemaOf(type, 1)}`);
  return version;
}

/** The chains of upcasters by type, from version 1 to the one that is written today. */
export class Upcasters {
  readonly #chains: ReadonlyMap<string, readonly Upcaster[]>;

  /** Throws `UpcastError` on a version left out or given twice. */
  constructor(...all: readonly Upcaster[]) {
    const chains = Map.groupBy(all, ({ type }) => type);
    for (const [type, chain] of chains) {
      chain.sort((a, b) => a.from - b.from);
      chain.forEach(({ from }, index) => {
        if (from < index + 1) throw new UpcastError(`${type} has two upcasters from version ${from}`);
        if (from > index + 1) throw new UpcastError(`${type} has no upcaster from version ${index + 1}`);
      });
    }
    this.#chains = chains;
  }

  /** The event in today's form; itself when it has it already. */
  upcast<E extends Event>(event: E): E {
    const chain = this.#chains.get(event.type);
    if (chain === undefined) return event;
    const version = versionOf(event);
    const current = chain.length + 1;
    if (version === current) return event;
    if (version > current)
      throw new UpcastError(
        `event ${event.id}: ${event.schema} is newer than version ${current}, the newest known here`,
      );
    const data = chain.slice(version - 1).reduce<unknown>((before, step) => step.upcast(before as never), event.data);
    return deepFreeze({ ...event, data, schema: schemaOf(event.type, current) });
  }

  /** A new event says which version it has. */
  stamp<E extends Event>(event: E): E {
    const chain = this.#chains.get(event.type);
    if (chain === undefined || event.schema !== '') return event;
    return Object.freeze({ ...event, schema: schemaOf(event.type, chain.length + 1) });
  }
}

/** The store, read in today's forms and written with today's versions. What is stored stays as it is. */
export function withUpcasters(store: EventStore, upcasters: Upcasters): EventStore {
  return {
    append: (call, append: Append) =>
      store.append(call, { ...append, events: append.events.map((event) => upcasters.stamp(event)) }),
    readStream: (call, read) => upcasted(upcasters, store.readStream(call, read)),
    readAll: (call, read) => upcasted(upcasters, store.readAll(call, read)),
    subscribe: (call, read) => upcastedDeliveries(upcasters, store.subscribe(call, read)),
  };
}

async function* upcasted(upcasters: Upcasters, events: AsyncIterable<RecordedEvent>): AsyncGenerator<RecordedEvent> {
  for await (const event of events) yield upcasters.upcast(event);
}

async function* upcastedDeliveries(
  upcasters: Upcasters,
  deliveries: AsyncIterable<Delivery>,
): AsyncGenerator<Delivery> {
  for await (const delivery of deliveries)
    yield delivery.type === 'event' ? { ...delivery, event: upcasters.upcast(delivery.event) } : delivery;
}
