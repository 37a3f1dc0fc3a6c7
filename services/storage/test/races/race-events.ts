import type { Event } from '@exempla/contracts/storage/v1/event_store_service';
import { StreamState } from '@exempla/contracts/storage/v1/event_store_service';
import type { Append, Expected } from '../../src/events/index.ts';

/** Kinds of events; a reader with a filter sees the odd ones. */
export const TYPES = ['race.even', 'race.odd'] as const;

export const ANY = { $case: 'state', value: StreamState.STREAM_STATE_ANY } as const;
export const at = (revision: bigint) => ({ $case: 'revision', value: revision }) as const;

/** As a client sends it. */
export function newEvent(id: string, type: string, correlationId = ''): Event {
  return {
    id,
    type,
    source: '',
    subject: '',
    time: undefined,
    data: Buffer.from(`{"id":"${id}"}`),
    contentType: '',
    schema: '',
    correlationId,
    causationId: '',
  };
}

/** As the append function of the database takes it. */
export function newAppend(tenant: string, stream: string, events: readonly Event[]): Append {
  const expected: Expected = { type: 'any' };
  const time = new Date();
  const filled = { source: 'foreign', contentType: 'application/json', time };
  return { tenant, stream, expected, events: events.map((event) => ({ ...event, ...filled })) };
}

/** Makes events whose ids nobody else makes. */
export class EventMaker {
  readonly #name: string;
  #made = 0;

  /** `name` is unique among all who make events in one race. */
  constructor(name: string) {
    this.#name = name;
  }

  make(count: number, correlationId = ''): Event[] {
    return Array.from({ length: count }, () => {
      const n = (this.#made += 1);
      return newEvent(`${this.#name}-${n}`, TYPES[n % 2] ?? TYPES[0], correlationId);
    });
  }
}

export const idsOf = (events: readonly { id: string }[]): string[] => events.map(({ id }) => id);
