import type { Call, EventFilter, RecordedEvent } from './event.ts';
import type { EventLog } from './event-log.ts';
import type { EventTail } from './event-tail.ts';
import { PAGE_EVENTS } from './read-events.ts';
import type { SharedTail } from './shared-tail.ts';

export interface Subscription {
  /** Where to begin, exclusive; `now` is behind the last event there is. */
  readonly after: bigint | 'now';
  readonly filter: EventFilter;
}

/**
 * `position` is how far the reader is with it: always that of an event of the tenant. One past events of others would tell
 * that there are some.
 */
export type SubscriptionPart =
  | { readonly type: 'events'; readonly events: readonly RecordedEvent[]; readonly position: bigint }
  | { readonly type: 'caught-up'; readonly position: bigint }
  /** Many events passed that are not of interest. */
  | { readonly type: 'progress'; readonly position: bigint };

/**
 * Every event of the tenant behind a position, in order and once, then those to come. What is old is read from the log,
 * what is new from the tail in memory; a reader goes from one to the other by its position alone, so there is no seam
 * between them, and one that falls behind goes back. Ends only by an error: the call's signal, or the store's.
 */
export function subscribe(
  ports: { readonly log: EventLog; readonly tail: SharedTail },
  call: Call,
  subscription: Subscription,
): AsyncGenerator<SubscriptionPart, void> {
  return ports.tail.lend((tail) => follow(ports.log, tail, call, subscription));
}

async function* follow(
  log: EventLog,
  tail: EventTail,
  call: Call,
  { after, filter }: Subscription,
): AsyncGenerator<SubscriptionPart, void> {
  // What was appended before the call comes before "caught up".
  await tail.look();
  let position = after === 'now' ? tail.head : after;
  let reached = after === 'now' ? await lastUpTo(log, call, position) : position;
  let isCaughtUp = false;
  let passed = 0;
  for (;;) {
    call.signal.throwIfAborted();
    const near = tail.since(position, call.tenant, filter);
    if (near === undefined) {
      const { head } = tail;
      const page = await log.readAll(call, { after: position, direction: 'forwards', limit: PAGE_EVENTS, filter });
      // Whom only events of others have overtaken is behind nothing, and is not told of them.
      if (!page.isEnd) isCaughtUp = false;
      if (page.through > position) reached = page.through;
      // At the end of the tenant's events the reader is as far as the tail was before it looked.
      position = page.isEnd && head > page.through ? head : page.through;
      if (page.events.length > 0) yield { type: 'events', events: page.events, position: reached };
      else if (!page.isEnd) yield { type: 'progress', position: reached };
      continue;
    }
    position = near.through;
    reached = near.last ?? reached;
    passed = near.events.length > 0 ? 0 : passed + near.passed;
    if (near.events.length > 0) yield { type: 'events', events: near.events, position: reached };
    if (passed >= PAGE_EVENTS) {
      passed = 0;
      yield { type: 'progress', position: reached };
    }
    if (!near.isHead) continue;
    if (!isCaughtUp && !tail.isEnd(position)) {
      // A page of the log has led beyond the tail, or the tail is between two of its own: perhaps into half an append.
      await tail.look();
      // Still beyond it: a position from before a restore to an earlier time.
      if (position <= tail.head) continue;
    }
    if (!isCaughtUp) yield { type: 'caught-up', position: reached };
    isCaughtUp = true;
    await tail.beyond(position, call.signal);
  }
}

/** Of the tenant's last event that is not behind `head`; 0 when there is none. */
async function lastUpTo(log: EventLog, call: Call, head: bigint): Promise<bigint> {
  const filter = { types: [], streamPrefix: '' };
  const page = await log.readAll(call, { after: head + 1n, direction: 'backwards', limit: 1, filter });
  return page.events[0]?.position ?? 0n;
}
