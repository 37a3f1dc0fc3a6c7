import type { AppendQueue } from './append-queue.ts';
import { appendTooLarge, eventIdReused, wrongExpectedRevision } from './event-error.ts';
import type { Append, Appended, AppendOutcome, Call } from './event.ts';

/** What one call may bring. */
const MAX = { events: 1_000, bytes: 3 * 1024 * 1024 };

function assertSize(appends: readonly Append[]): void {
  let events = 0;
  let bytes = 0;
  for (const append of appends) {
    events += append.events.length;
    for (const { data } of append.events) bytes += data.length;
  }
  if (events > MAX.events || bytes > MAX.bytes) throw appendTooLarge({ events, bytes }, MAX);
}

/** All events or none; throws when the stream is not as expected. */
export async function appendEvents(queue: AppendQueue, call: Call, append: Append): Promise<Appended> {
  assertSize([append]);
  const [outcome] = await queue.append(call, [append]);
  if (outcome === undefined) throw new Error('an append has no outcome');
  return expectAppended(append, outcome);
}

/** In one transaction, each all or none; an outcome for each. */
export async function appendBatch(
  queue: AppendQueue,
  call: Call,
  appends: readonly Append[],
): Promise<readonly AppendOutcome[]> {
  assertSize(appends);
  return await queue.append(call, appends);
}

export function expectAppended({ stream, expected }: Append, outcome: AppendOutcome): Appended {
  if (outcome.type === 'reused') throw eventIdReused(stream);
  if (outcome.type === 'conflict') {
    const wanted = expected.type === 'revision' ? String(expected.revision) : expected.type;
    throw wrongExpectedRevision(stream, wanted, outcome.actual);
  }
  return outcome;
}
