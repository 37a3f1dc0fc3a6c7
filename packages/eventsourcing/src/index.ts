export { CommandHandlers, DuplicateHandlerError, UnhandledCommandError } from './command-handlers.ts';
export type { Decider } from './decider.ts';
export {
  type Append,
  type Appended,
  type Call,
  ConcurrencyError,
  type Delivery,
  DuplicateEventError,
  type EventStore,
  type ExpectedVersion,
  loadStream,
  type Position,
  type ReadAll,
  type ReadStream,
  type RecordedEvent,
} from './event-store.ts';
export {
  type ConflictPolicy,
  handle,
  type Handled,
  type HandleOptions,
  type Handler,
  RETRY_CONFLICTS,
} from './handle.ts';
export { type TransactionalEventStore, withInlineProjections } from './inline-projections.ts';
export { type AppendLog, MemoryEventStore } from './memory-event-store.ts';
export { MemoryProjections } from './memory-projections.ts';
export {
  type About,
  type Command,
  type Envelope,
  type Event,
  type Fact,
  idOf,
  newCommand,
  newEvent,
} from './message.ts';
export {
  type Edition,
  type Editions,
  type Fold,
  foldProjection,
  type Projection,
  type ProjectionStore,
  type StateView,
  type Update,
} from './projection.ts';
export { catchUpProjection, type ProjectionRun, rebuildProjection, runProjection } from './run-projection.ts';
export { schemaOf, UpcastError, type Upcaster, Upcasters, withUpcasters } from './upcasters.ts';
export type { Process, ProcessOutcome, ProcessStart, Step, StepCall } from './process.ts';
export { runProcess } from './run-process.ts';
