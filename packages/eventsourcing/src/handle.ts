import { setTimeout as sleep } from 'node:timers/promises';
import type { Decider } from './decider.ts';
import { type Call, ConcurrencyError, type EventStore, type RecordedEvent } from './event-store.ts';
import { type Command, type Event, type Fact, idOf, newEvent } from './message.ts';

/** What is done when another was first: decide again on what the stream has become, or tell the caller. */
export type ConflictPolicy =
  | { readonly type: 'fail' }
  | {
      readonly type: 'retry';
      /** The first included. */
      readonly maxAttempts: number;
      /** The longest wait before the second attempt; it doubles each time, and the waits are random below it. */
      readonly firstDelayMs: number;
      readonly maxDelayMs: number;
    };

export const RETRY_CONFLICTS: ConflictPolicy = { type: 'retry', maxAttempts: 10, firstDelayMs: 4, maxDelayMs: 250 };

export interface HandleOptions<C extends Fact> {
  /** The stream of the thing that a command is about; without it the command's subject. */
  readonly streamOf?: (command: Command<C>) => string;
  /** Without it `RETRY_CONFLICTS`. */
  readonly onConflict?: ConflictPolicy;
}

export interface Handled<E extends Fact> {
  readonly stream: string;
  /** Of the stream, after the command. */
  readonly version: number;
  /** What the command led to, now or when it was handled before. */
  readonly events: readonly Event<E>[];
}

/** Carries out a command: load, decide, append at the version that was decided on. */
export type Handler<C extends Fact, E extends Fact> = (call: Call, command: Command<C>) => Promise<Handled<E>>;

/**
 * A command that was handled before, told by its id, is answered with the same events and makes no others: it may be
 * sent again when its answer was lost.
 */
export function handle<State, C extends Fact, E extends Fact>(
  store: EventStore,
  decider: Decider<State, C, E>,
  options: HandleOptions<C> = {},
): Handler<C, E> {
  const { streamOf = ({ subject }) => subject, onConflict = RETRY_CONFLICTS } = options;
  return async (call, command) => {
    if (command.tenant !== call.tenant)
      throw new RangeError(`command ${command.id} is of another tenant than the call`);
    const stream = streamOf(command);
    let loaded: Loaded<State, E> = { state: decider.initialState(), version: 0, caused: [] };
    for (let attempt = 1; ; attempt += 1) {
      for await (const event of store.readStream(call, { stream, from: loaded.version + 1 }))
        loaded = grown(decider, loaded, { event: event as RecordedEvent & E, command });
      const { state, version, caused } = loaded;
      if (caused.length > 0) return { stream, version, events: caused };
      const events = envelop(command, stream, decider.decide(command, state));
      if (events.length === 0) return { stream, version, events };
      try {
        const appended = await store.append(call, { stream, events, expected: { type: 'exact', version } });
        return { stream, version: appended.version, events };
      } catch (error) {
        if (!(error instanceof ConcurrencyError)) throw error;
        await waitForTurn(call, error, { attempt, policy: onConflict });
      }
    }
  };
}

/** What is known of a stream; an attempt after a conflict reads only what came since. */
interface Loaded<State, E extends Fact> {
  readonly state: State;
  readonly version: number;
  /** What the command has led to already. */
  readonly caused: readonly Event<E>[];
}

function grown<State, C extends Fact, E extends Fact>(
  decider: Decider<State, C, E>,
  loaded: Loaded<State, E>,
  { event, command }: { event: RecordedEvent & E; command: Command<C> },
): Loaded<State, E> {
  return {
    state: decider.evolve(loaded.state, event),
    version: event.version,
    caused: event.causationId === command.id ? [...loaded.caused, event] : loaded.caused,
  };
}

/** Attempts of one command make the same ids. */
function envelop<E extends Fact>(command: Command, stream: string, facts: readonly E[]): Event<E>[] {
  const { id: causationId, source, subject, correlationId, tenant } = command;
  return facts.map((fact, index) =>
    newEvent(fact, {
      id: idOf(stream, causationId, String(index)),
      source,
      subject,
      correlationId,
      causationId,
      tenant,
    }),
  );
}

/** Throws the conflict itself when there is no further attempt, or no time for it. */
async function waitForTurn(
  call: Call,
  conflict: ConcurrencyError,
  { attempt, policy }: { attempt: number; policy: ConflictPolicy },
): Promise<void> {
  if (policy.type === 'fail' || attempt >= policy.maxAttempts) throw conflict;
  const delayMs = Math.random() * Math.min(policy.firstDelayMs * 2 ** (attempt - 1), policy.maxDelayMs);
  if (call.deadline.remainingMs() <= delayMs) throw conflict;
  await abortableSleep(delayMs, call.signal);
}

async function abortableSleep(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await sleep(ms, undefined, { signal });
  } catch (error) {
    // Node wraps the reason in an AbortError.
    signal.throwIfAborted();
    throw error;
  }
}
