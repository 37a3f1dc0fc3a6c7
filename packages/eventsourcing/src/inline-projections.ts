import { type Append, type Appended, type Call, type EventStore, isWantedType } from './event-store.ts';
import type { Projection } from './projection.ts';

/** A store whose transaction can carry other writes. */
export interface TransactionalEventStore<View> extends EventStore {
  /**
   * The effects and the append, or neither. The effects come first: after an append has its position nothing may be
   * waited for. When the append turns out to be a repetition, its effects are there already and are not kept again.
   */
  appendWith(
    call: Call,
    append: Append,
    effects: (viewOf: (projection: string) => View) => Promise<void>,
  ): Promise<Appended>;
}

/** The store with views that are never behind: each append and what follows from it are seen together. */
export function withInlineProjections<View>(
  store: TransactionalEventStore<View>,
  projections: readonly Projection<View>[],
): EventStore {
  return {
    append: (call, append) =>
      store.appendWith(call, append, async (viewOf) => {
        for (const { name, types, apply } of projections) {
          const wanted = append.events.filter(({ type }) => isWantedType(types, type));
          for (const event of wanted) await apply(viewOf(name), event, call);
        }
      }),
    readStream: (call, read) => store.readStream(call, read),
    readAll: (call, read) => store.readAll(call, read),
    subscribe: (call, read) => store.subscribe(call, read),
  };
}
