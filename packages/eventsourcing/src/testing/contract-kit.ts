import { rejects } from 'node:assert/strict';
import {
  type Append,
  type Appended,
  type Call,
  type Delivery,
  type EventStore,
  type ExpectedVersion,
  loadStream,
} from '../event-store.ts';
import { type About, type Event, newEvent } from '../message.ts';

/** One promise of a port, as a test: rejects with an AssertionError when it is broken. */
export interface ContractCase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** What a case works with: a store, and a call of a tenant of its own. */
export interface Kit {
  readonly store: EventStore;
  readonly call: Call;
}

export const ANY: ExpectedVersion = { type: 'any' };
export const NO_STREAM: ExpectedVersion = { type: 'no-stream' };
export const EXISTS: ExpectedVersion = { type: 'exists' };
export const at = (version: number): ExpectedVersion => ({ type: 'exact', version });

export const happened = (call: Call, number: number, about: Partial<About> = {}): Event =>
  newEvent(
    { type: number % 2 === 0 ? 'test.Even' : 'test.Odd', data: { number } },
    { source: 'contract', tenant: call.tenant, ...about },
  );

/** Numbered from `first`. */
export const some = (call: Call, count: number, first = 1): Event[] =>
  Array.from({ length: count }, (_, index) => happened(call, first + index));

export const put = ({ store, call }: Kit, stream: string, events: readonly Event[]): Promise<Appended> =>
  store.append(call, { stream, events, expected: ANY });

export const idsOf = (events: readonly { readonly id: string }[]): string[] => events.map(({ id }) => id);

export const numbersOf = (events: readonly Event[]): unknown[] =>
  events.map(({ data }) => (data as { number: unknown }).number);

export const load = ({ store, call }: Kit, stream: string) => loadStream(store, call, { stream });

export async function collect<T>(source: AsyncIterable<T>, limit = Infinity): Promise<T[]> {
  const all: T[] = [];
  for await (const one of source) {
    all.push(one);
    if (all.length >= limit) break;
  }
  return all;
}

/** The number of an event, or `caught-up`. */
export const told = (delivery: Delivery): unknown =>
  delivery.type === 'event' ? numbersOf([delivery.event])[0] : delivery.type;

export const rejectsWith = async ({ store, call }: Kit, append: Append, error: object): Promise<void> =>
  rejects(() => store.append(call, append), error);
