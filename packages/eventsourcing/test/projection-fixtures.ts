import { type Call, type EventStore, foldProjection, newEvent } from '@exempla/eventsourcing';

/** The numbers of the events in the order in which they were applied: what is applied twice is there twice. */
export const numbers = foldProjection<readonly number[]>({
  name: 'numbers',
  types: ['Numbered'],
  initialState: () => [],
  apply: (list, { data }) => [...list, data as number],
});

export const numbered = (call: Call, ...list: readonly number[]) =>
  list.map((data) => newEvent({ type: 'Numbered', data }, { source: 'test', tenant: call.tenant }));

export const count = async (store: EventStore, call: Call, ...list: readonly number[]) =>
  store.append(call, { stream: 's', events: numbered(call, ...list), expected: { type: 'any' } });

export const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
