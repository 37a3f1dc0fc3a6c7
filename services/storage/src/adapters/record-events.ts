import type { Append, NewEvent } from '../events/index.ts';
import type { RecordEvent } from '../records/index.ts';
import { appendWithin } from './postgres-events.ts';
import type { PostgresSession } from './postgres-session.ts';

const toEvent = ({ type, record, id, data }: RecordEvent, time: Date): NewEvent => ({
  id,
  type,
  source: 'exempla.storage',
  subject: record,
  time,
  data: Buffer.from(JSON.stringify(data)),
  contentType: 'application/json',
  schema: '',
  correlationId: '',
  causationId: '',
});

/** The last statements of a transaction: they take the lock of the log, and nothing may be waited for after that. */
export async function appendRecordEvents(
  session: PostgresSession,
  tenant: string,
  events: readonly RecordEvent[],
): Promise<void> {
  const time = new Date();
  for (const [stream, told] of Map.groupBy(events, ({ record }) => record)) {
    const append: Append = { tenant, stream, expected: { type: 'any' }, events: told.map((one) => toEvent(one, time)) };
    const { type } = await appendWithin(session, append);
    // An etag is drawn once, so its event cannot be there.
    if (type !== 'appended') throw new Error(`events of ${stream} were not appended: ${type}`);
  }
}
