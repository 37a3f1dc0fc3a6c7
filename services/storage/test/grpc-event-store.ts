import {
  type AppendRequest,
  Direction,
  type Event as WireEvent,
  type EventStoreServiceDefinition,
  type RecordedEvent as WireRecorded,
  StreamState,
} from '@exempla/contracts/storage/v1/event_store_service';
import {
  type Append,
  type Appended,
  type Call,
  ConcurrencyError,
  type Delivery,
  DuplicateEventError,
  type Event,
  type EventStore,
  type ExpectedVersion,
  newEvent,
  type ReadAll,
  type ReadStream,
  type RecordedEvent,
} from '@exempla/eventsourcing';
import { RemoteError, type RpcClient } from '@exempla/rpc';

const PREFIX = 'streams/';
const JSON_TYPE = 'application/json';

/** The port of packages/eventsourcing over a client of the service: what a room of another service would be given. */
export class GrpcEventStore implements EventStore {
  readonly #client: RpcClient<typeof EventStoreServiceDefinition>;

  constructor(client: RpcClient<typeof EventStoreServiceDefinition>) {
    this.#client = client;
  }

  async append(call: Call, { stream, events, expected }: Append): Promise<Appended> {
    const foreign = events.find(({ tenant }) => tenant !== call.tenant);
    if (foreign) throw new RangeError(`event ${foreign.id} is of another tenant than the call`);
    const request = { stream: PREFIX + stream, expected: fromExpected(expected), events: events.map(fromEvent) };
    try {
      const { lastRevision, position, repeated } = await this.#client.append(request, optionsOf(call));
      return { version: Number(lastRevision), position, repeated };
    } catch (error) {
      throw toError(error, call, { stream, expected });
    }
  }

  async *readStream(call: Call, { stream, from = 0, direction, limit = 0 }: ReadStream): AsyncGenerator<RecordedEvent> {
    const request = {
      stream: PREFIX + stream,
      fromRevision: BigInt(from),
      direction: direction === 'backwards' ? Direction.DIRECTION_BACKWARDS : Direction.DIRECTION_FORWARDS,
      limit: BigInt(limit),
    };
    for await (const { events } of endedBy(call, this.#client.readStream(request, optionsOf(call))))
      for (const event of events) yield toRecorded(event, call);
  }

  async *readAll(call: Call, { after = '', limit = 0, ...filter }: ReadAll): AsyncGenerator<RecordedEvent> {
    const request = { afterPosition: after, limit: BigInt(limit), filter: fromFilter(filter) };
    for await (const { events } of endedBy(call, this.#client.readAll(request, optionsOf(call))))
      for (const event of events) yield toRecorded(event, call);
  }

  async *subscribe(call: Call, { after = '', ...filter }: Omit<ReadAll, 'limit'>): AsyncGenerator<Delivery> {
    const request = { afterPosition: after, filter: fromFilter(filter) };
    const parts = this.#client.subscribe(request, {
      ...optionsOf(call),
      resume: (from, { position }) => ({ ...from, afterPosition: position }),
    });
    for await (const { position, part } of endedBy(call, parts)) {
      if (part?.$case === 'caughtUp') yield { type: 'caught-up', position };
      else if (part?.$case === 'progress') yield { type: 'progress', position };
      else for (const event of part?.value.events ?? []) yield { type: 'event', event: toRecorded(event, call) };
    }
  }
}

const optionsOf = ({ tenant, signal, deadline }: Call) => ({ tenant, signal, timeoutMs: deadline.remainingMs() });

const STATES = {
  any: StreamState.STREAM_STATE_ANY,
  exists: StreamState.STREAM_STATE_EXISTS,
  'no-stream': StreamState.STREAM_STATE_ABSENT,
} as const;

const fromExpected = (expected: ExpectedVersion): AppendRequest['expected'] =>
  expected.type === 'exact'
    ? { $case: 'revision', value: BigInt(expected.version) }
    : { $case: 'state', value: STATES[expected.type] };

const fromFilter = ({ types = [], streamPrefix }: Pick<ReadAll, 'types' | 'streamPrefix'>) => ({
  types: [...types],
  streamPrefix: streamPrefix === undefined ? '' : PREFIX + streamPrefix,
});

function fromEvent(event: Event): WireEvent {
  const { id, type, source, subject, time, contentType, schema, correlationId, causationId, data } = event;
  const bytes = data instanceof Uint8Array ? Buffer.from(data) : Buffer.from(JSON.stringify(data));
  return {
    id,
    type,
    source,
    subject,
    time: new Date(time),
    contentType,
    schema,
    correlationId,
    causationId,
    data: bytes,
  };
}

function toRecorded({ stream, revision, position, event }: WireRecorded, { tenant }: Call): RecordedEvent {
  if (event === undefined) throw new Error(`the event at ${stream}/${revision} is missing`);
  const { type, data: bytes, time, ...about } = event;
  const data: unknown = about.contentType === JSON_TYPE ? JSON.parse(Buffer.from(bytes).toString()) : bytes;
  return Object.freeze({
    ...newEvent({ type, data }, { ...about, time: time?.toISOString() ?? '', tenant }),
    stream: stream.slice(PREFIX.length),
    version: Number(revision),
    position,
  });
}

/** Whoever ended the call is told his own reason. */
async function* endedBy<T>(call: Call, messages: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    for await (const message of messages) yield message;
  } catch (error) {
    call.signal.throwIfAborted();
    throw error;
  }
}

function toError(error: unknown, call: Call, { stream, expected }: Pick<Append, 'stream' | 'expected'>): unknown {
  if (call.signal.aborted) return call.signal.reason;
  if (!(error instanceof RemoteError)) return error;
  if (error.reason === 'WRONG_EXPECTED_REVISION')
    return new ConcurrencyError(stream, expected, Number(error.metadata['actual']));
  return error.reason === 'EVENT_ID_REUSED' ? new DuplicateEventError(stream) : error;
}
