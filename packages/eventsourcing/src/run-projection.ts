import type { Call, Delivery, EventStore, Position, RecordedEvent } from './event-store.ts';
import { batches } from './batches.ts';
import type { Edition, Projection, ProjectionStore } from './projection.ts';

export interface ProjectionRun<View> {
  readonly store: EventStore;
  readonly views: ProjectionStore<View>;
  readonly projection: Projection<View>;
  /** Events of one update at most; 100 without it. */
  readonly batchSize?: number;
}

/** Follows the log until the call's signal fires, which it rejects with, or the projection throws. */
export async function runProjection<View>(call: Call, run: ProjectionRun<View>): Promise<never> {
  const edition: Edition = { projection: run.projection.name, edition: 'live' };
  for (;;) {
    await within(call, (inner) => follow(inner, run, { edition, until: 'forever' }));
    // Another replica, or a rebuild, has moved the checkpoint: go on from there.
    call.signal.throwIfAborted();
  }
}

/** Brings the live edition up to the end of the log, as it was when this was called or later. */
export async function catchUpProjection<View>(call: Call, run: ProjectionRun<View>): Promise<void> {
  await catchUp(call, run, { projection: run.projection.name, edition: 'live' });
}

/**
 * Makes the view again from the first event, beside the live one: readers see the old until the new takes its place
 * in one step, and never one that is behind it.
 */
export async function rebuildProjection<View>(call: Call, run: ProjectionRun<View>): Promise<void> {
  const { name } = run.projection;
  await run.views.clearRebuilt(call, name);
  for (;;) {
    // Everything in the live edition was in the log before this answer, so the catch-up meets it.
    const live = await run.views.checkpoint(call, { projection: name, edition: 'live' });
    const rebuilt = await catchUp(call, run, { projection: name, edition: 'rebuilt' });
    // Not so when the live one went on, or another rebuild has begun: then there is more to catch up with.
    if (await run.views.promote(call, name, { live, rebuilt })) return;
  }
}

/** Says the checkpoint it has come to. */
async function catchUp<View>(call: Call, run: ProjectionRun<View>, edition: Edition): Promise<Position | undefined> {
  for (;;) {
    const outcome = await within(call, (inner) => follow(inner, run, { edition, until: 'caught-up' }));
    if (outcome !== 'overtaken') return outcome.at;
  }
}

/** From the checkpoint on, in batches; `overtaken` when another has moved it. */
async function follow<View>(
  call: Call,
  { store, views, projection, batchSize = 100 }: ProjectionRun<View>,
  { edition, until }: { edition: Edition; until: 'forever' | 'caught-up' },
): Promise<'overtaken' | { readonly at: Position | undefined }> {
  let from = await views.checkpoint(call, edition);
  const deliveries = store.subscribe(call, { after: from, types: projection.types });
  for await (const batch of batches(deliveries, batchSize)) {
    const events = batch.flatMap((delivery) => (delivery.type === 'event' ? [delivery.event] : []));
    const to = positionOf(batch.at(-1)!);
    if (to !== from) {
      const effects = (view: View): Promise<void> => applyAll(call, { view, projection, events });
      if (!(await views.update(call, edition, { from, to, effects }))) return 'overtaken';
      from = to;
    }
    if (until === 'caught-up' && batch.some(isCaughtUp)) return { at: from };
  }
  throw new Error(`the subscription of projection "${projection.name}" ended`);
}

const positionOf = (delivery: Delivery): Position =>
  delivery.type === 'event' ? delivery.event.position : delivery.position;

const isCaughtUp = ({ type }: Delivery): boolean => type === 'caught-up';

async function applyAll<View>(
  call: Call,
  { view, projection, events }: { view: View; projection: Projection<View>; events: readonly RecordedEvent[] },
): Promise<void> {
  for (const event of events) {
    call.signal.throwIfAborted();
    await projection.apply(view, event, call);
  }
}

/** A call of its own within the call: when the work ends, so does the subscription that it waited for. */
async function within<T>(call: Call, work: (call: Call) => Promise<T>): Promise<T> {
  const end = new AbortController();
  try {
    return await work({ ...call, signal: AbortSignal.any([call.signal, end.signal]) });
  } finally {
    end.abort();
  }
}
