import { randomUUID } from 'node:crypto';
import {
  type Event,
  type ReadAllRequest,
  type ReadStreamRequest,
  type RecordedEvent,
  StreamState,
  type SubscribeRequest,
  type SubscribeResponse,
} from '@exempla/contracts/storage/v1/event_store_service';
import type { TestService } from './service.ts';

/** As a client sends it. */
export const newEvent = (change: Partial<Event> = {}): Event => ({
  id: randomUUID(),
  type: 'thing.happened',
  source: '',
  subject: '',
  time: undefined,
  data: Buffer.from('{}'),
  contentType: '',
  schema: '',
  correlationId: '',
  causationId: '',
  ...change,
});
export const newEvents = (count: number): Event[] => Array.from({ length: count }, () => newEvent());

export const at = (revision: bigint) => ({ $case: 'revision', value: revision }) as const;
export const ANY = { $case: 'state', value: StreamState.STREAM_STATE_ANY } as const;
export const EXISTS = { $case: 'state', value: StreamState.STREAM_STATE_EXISTS } as const;
export const ABSENT = { $case: 'state', value: StreamState.STREAM_STATE_ABSENT } as const;

let streams = 0;
export const newStream = (prefix = 'test'): string => `streams/${prefix}/${(streams += 1)}`;

export const idsOf = (found: readonly RecordedEvent[]): string[] => found.map(({ event }) => event?.id ?? '');
export const revisionsOf = (found: readonly RecordedEvent[]): number[] => found.map(({ revision }) => Number(revision));

export const readStream = (
  { events }: TestService,
  stream: string,
  request: Partial<ReadStreamRequest> = {},
): Promise<RecordedEvent[]> => eventsOn(events.readStream({ stream, ...request }));

export const readAll = ({ events }: TestService, request: Partial<ReadAllRequest> = {}): Promise<RecordedEvent[]> =>
  eventsOn(events.readAll(request));

async function eventsOn(pages: AsyncIterable<{ events: RecordedEvent[] }>): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const page of pages) found.push(...page.events);
  return found;
}

export function subscribe(
  { events }: TestService,
  request: Partial<SubscribeRequest>,
  signal?: AbortSignal,
): AsyncIterator<SubscribeResponse> {
  return events.subscribe(request, signal ? { signal } : {})[Symbol.asyncIterator]();
}

/** The parts of a subscription, one at a time. */
export async function nextOf(parts: AsyncIterator<SubscribeResponse>): Promise<SubscribeResponse> {
  const { value, done } = await parts.next();
  if (done) throw new Error('the subscription ended');
  return value;
}
