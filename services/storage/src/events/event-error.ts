export type EventErrorReason =
  'WRONG_EXPECTED_REVISION' | 'EVENT_ID_REUSED' | 'POSITION_INVALID' | 'APPEND_QUEUE_FULL' | 'APPEND_TOO_LARGE';

/** A call about events that cannot be served. The message is written for the caller. */
export class EventError extends Error {
  override readonly name = 'EventError';
  readonly reason: EventErrorReason;
  readonly metadata: Record<string, string>;
  readonly retryAfterMs: number | undefined;

  constructor(reason: EventErrorReason, message: string, metadata: Record<string, string>, retryAfterMs?: number) {
    super(message);
    this.reason = reason;
    this.metadata = metadata;
    this.retryAfterMs = retryAfterMs;
  }
}

const nameOf = (stream: string): string => `streams/${stream}`;

export const wrongExpectedRevision = (stream: string, expected: string, actual: bigint): EventError =>
  new EventError(
    'WRONG_EXPECTED_REVISION',
    `${nameOf(stream)} is at revision ${actual}, not at ${expected}: read what is new and decide again`,
    { stream: nameOf(stream), expected, actual: String(actual) },
  );

export const eventIdReused = (stream: string): EventError =>
  new EventError(
    'EVENT_ID_REUSED',
    `${nameOf(stream)} has some of the event ids, but not these events at the expected place: give new events new ids`,
    { stream: nameOf(stream) },
  );

export const positionInvalid = (field: string, position: string): EventError =>
  new EventError('POSITION_INVALID', `${field} is not a position that was given to you: take one from an event`, {
    field,
    position,
  });

/** Long enough for a few batches to go. */
const FULL_RETRY_MS = 100;

/** How much waits is mostly what other tenants do, and not told. */
export const appendQueueFull = (): EventError =>
  new EventError('APPEND_QUEUE_FULL', 'too many appends are waiting: try again later', {}, FULL_RETRY_MS);

export const appendTooLarge = (
  given: { events: number; bytes: number },
  max: { events: number; bytes: number },
): EventError =>
  new EventError(
    'APPEND_TOO_LARGE',
    `${given.events} events with ${given.bytes} bytes are more than one call may append ` +
      `(${max.events} events, ${max.bytes} bytes): append them in several calls`,
    {
      events: String(given.events),
      bytes: String(given.bytes),
      max_events: String(max.events),
      max_bytes: String(max.bytes),
    },
  );
