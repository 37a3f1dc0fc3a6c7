import type { Appended, Call, EventStore, Position } from './event-store.ts';
import type { TransactionalEventStore } from './inline-projections.ts';
import { frozenCopy } from './message.ts';
import type { Edition, Editions, ProjectionStore, StateView, Update } from './projection.ts';

interface Kept<State> {
  readonly state: State | undefined;
  readonly checkpoint: Position | undefined;
}

const keyOf = (call: Call, { projection, edition }: Edition): string =>
  JSON.stringify([call.tenant, projection, edition]);

/** States of projections in this process. What is written is seen when its update is complete, and not before. */
export class MemoryProjections<State> implements ProjectionStore<StateView<State>> {
  readonly #kept = new Map<string, Kept<State>>();
  #lastAppend: Promise<unknown> = Promise.resolve();

  /** What readers see; frozen. */
  read(call: Call, projection: string): State | undefined {
    return this.#at(call, { projection, edition: 'live' }).state;
  }

  // oxlint-disable-next-line typescript/require-await -- a port: others ask a database
  async checkpoint(call: Call, edition: Edition): Promise<Position | undefined> {
    call.signal.throwIfAborted();
    return this.#at(call, edition).checkpoint;
  }

  /** Several may work at once; from the look at the checkpoint to the write nothing is awaited, so one is first. */
  async update(call: Call, edition: Edition, { from, to, effects }: Update<StateView<State>>): Promise<boolean> {
    const draft = draftOf(this.#at(call, edition).state);
    await effects(draft);
    call.signal.throwIfAborted();
    if (this.#at(call, edition).checkpoint !== from) return false;
    this.#kept.set(keyOf(call, edition), { state: draft.read(), checkpoint: to });
    return true;
  }

  // oxlint-disable-next-line typescript/require-await -- a port: others ask a database
  async clearRebuilt(call: Call, projection: string): Promise<void> {
    call.signal.throwIfAborted();
    this.#kept.delete(keyOf(call, { projection, edition: 'rebuilt' }));
  }

  // oxlint-disable-next-line typescript/require-await -- a port: others ask a database
  async promote(call: Call, projection: string, ifAt: Editions): Promise<boolean> {
    call.signal.throwIfAborted();
    const live: Edition = { projection, edition: 'live' };
    const rebuilt: Edition = { projection, edition: 'rebuilt' };
    if (this.#at(call, live).checkpoint !== ifAt.live) return false;
    if (this.#at(call, rebuilt).checkpoint !== ifAt.rebuilt) return false;
    this.#kept.set(keyOf(call, live), this.#at(call, rebuilt));
    this.#kept.delete(keyOf(call, rebuilt));
    return true;
  }

  /** The store with these views in the transaction of its appends, which then come one after the other. */
  inTransactionsOf(store: EventStore): TransactionalEventStore<StateView<State>> {
    return {
      append: (call, append) => store.append(call, append),
      readStream: (call, read) => store.readStream(call, read),
      readAll: (call, read) => store.readAll(call, read),
      subscribe: (call, read) => store.subscribe(call, read),
      appendWith: (call, append, effects) => {
        const work = (): Promise<Appended> => this.#draftAndAppend(call, effects, () => store.append(call, append));
        const appended = this.#lastAppend.then(work);
        // The next one waits for the end either way; the caller gets the error.
        this.#lastAppend = appended.catch(() => {});
        return appended;
      },
    };
  }

  async #draftAndAppend(
    call: Call,
    effects: (viewOf: (projection: string) => StateView<State>) => Promise<void>,
    append: () => Promise<Appended>,
  ): Promise<Appended> {
    call.signal.throwIfAborted();
    const drafts = new Map<string, StateView<State>>();
    await effects((projection) => {
      const draft = drafts.get(projection) ?? draftOf(this.read(call, projection));
      drafts.set(projection, draft);
      return draft;
    });
    const appended = await append();
    if (appended.repeated) return appended;
    for (const [projection, draft] of drafts)
      this.#kept.set(keyOf(call, { projection, edition: 'live' }), {
        state: draft.read(),
        checkpoint: appended.position,
      });
    return appended;
  }

  #at(call: Call, edition: Edition): Kept<State> {
    return this.#kept.get(keyOf(call, edition)) ?? { state: undefined, checkpoint: undefined };
  }
}

function draftOf<State>(before: State | undefined): StateView<State> {
  let state = before;
  return {
    read: () => state,
    write: (next) => {
      state = frozenCopy(next);
    },
  };
}
