import {
  type AppendRequest,
  type AppendResponse,
  type AppendResult,
  Direction as WireDirection,
  type Event as WireEvent,
  type EventFilter as WireFilter,
  type RecordedEvent as WireRecorded,
  StreamState,
  type SubscribeResponse,
} from '@exempla/contracts/storage/v1/event_store_service';
import type {
  Append,
  Appended,
  AppendOutcome,
  Direction,
  EventFilter,
  Expected,
  NewEvent,
  PositionTokens,
  RecordedEvent,
  SubscriptionPart,
} from '../events/index.ts';

const PREFIX = 'streams/';

/** The stream in `streams/{stream}`. */
export const streamOf = (name: string): string => name.slice(PREFIX.length);

const STATES: Partial<Record<StreamState, Expected>> = {
  [StreamState.STREAM_STATE_EXISTS]: { type: 'exists' },
  [StreamState.STREAM_STATE_ABSENT]: { type: 'revision', revision: 0n },
};

function toExpected(expected: AppendRequest['expected']): Expected {
  if (expected?.$case === 'revision') return { type: 'revision', revision: expected.value };
  return (expected && STATES[expected.value]) ?? { type: 'any' };
}

const toEvent = (event: WireEvent, stream: string, now: Date): NewEvent => ({
  ...event,
  source: event.source === '' ? stream : event.source,
  time: event.time ?? now,
  contentType: event.contentType === '' ? 'application/json' : event.contentType,
});

export function toAppend(tenant: string, request: AppendRequest): Append {
  const now = new Date();
  return {
    tenant,
    stream: streamOf(request.stream),
    expected: toExpected(request.expected),
    events: request.events.map((event) => toEvent(event, request.stream, now)),
  };
}

export const toDirection = (direction: WireDirection): Direction =>
  direction === WireDirection.DIRECTION_BACKWARDS ? 'backwards' : 'forwards';

export const toFilter = (filter: WireFilter | undefined): EventFilter => ({
  types: filter?.types ?? [],
  streamPrefix: streamOf(filter?.streamPrefix ?? ''),
});

export const fromAppended = (tokens: PositionTokens, tenant: string, appended: Appended): AppendResponse => ({
  firstRevision: appended.firstRevision,
  lastRevision: appended.lastRevision,
  position: fromPosition(tokens, tenant, appended.position),
  repeated: appended.type === 'repeated',
});

export function fromOutcome(tokens: PositionTokens, tenant: string, outcome: AppendOutcome): AppendResult {
  if (outcome.type === 'conflict') return { outcome: { $case: 'conflict', value: { actual: outcome.actual } } };
  if (outcome.type === 'reused') return { outcome: { $case: 'idReused', value: {} } };
  return { outcome: { $case: 'appended', value: fromAppended(tokens, tenant, outcome) } };
}

export const fromPosition = (tokens: PositionTokens, tenant: string, position: bigint): string =>
  tokens.seal(tenant, [position])[0] ?? '';

/** The positions of a page are sealed at once. */
export function fromRecorded(tokens: PositionTokens, events: readonly RecordedEvent[]): WireRecorded[] {
  const [first] = events;
  if (first === undefined) return [];
  const positions = tokens.seal(
    first.tenant,
    events.map(({ position }) => position),
  );
  return events.map((event, i) => ({
    stream: `${PREFIX}${event.stream}`,
    revision: event.revision,
    position: positions[i] ?? '',
    appendTime: event.appendTime,
    event: {
      id: event.id,
      type: event.type,
      source: event.source,
      subject: event.subject,
      time: event.time,
      data: event.data as Buffer,
      contentType: event.contentType,
      schema: event.schema,
      correlationId: event.correlationId,
      causationId: event.causationId,
    },
  }));
}

export function fromPart(tokens: PositionTokens, tenant: string, part: SubscriptionPart): SubscribeResponse {
  const position = fromPosition(tokens, tenant, part.position);
  if (part.type === 'caught-up') return { position, part: { $case: 'caughtUp', value: {} } };
  if (part.type === 'progress') return { position, part: { $case: 'progress', value: {} } };
  return { position, part: { $case: 'events', value: { events: fromRecorded(tokens, part.events) } } };
}
