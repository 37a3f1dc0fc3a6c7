export { appendBatch, appendEvents } from './append-events.ts';
export { AppendQueue } from './append-queue.ts';
export {
  type Append,
  type Appended,
  type AppendOutcome,
  type Call,
  type Direction,
  type EventFilter,
  type Expected,
  type NewEvent,
  type RecordedEvent,
} from './event.ts';
export { EventError, type EventErrorReason, positionInvalid } from './event-error.ts';
export type { EventLog, LogPage, LogRange, StreamRange } from './event-log.ts';
export { EventTail } from './event-tail.ts';
export { PositionTokens } from './position-tokens.ts';
export { type LogReading, readAll, readStream, type StreamReading } from './read-events.ts';
export { SharedTail } from './shared-tail.ts';
export { subscribe, type Subscription, type SubscriptionPart } from './subscribe-events.ts';
