import type {
  Append,
  AppendOutcome,
  Call,
  EventLog,
  LogPage,
  LogRange,
  RecordedEvent,
  StreamRange,
} from '../events/index.ts';
import {
  appendArguments,
  EVENT_COLUMNS,
  type EventRow,
  type OutcomeRow,
  toOutcome,
  toRecordedEvent,
} from './event-rows.ts';
import { ownWork } from './own-work.ts';
import type { PageTokenKey } from './page-token-key.ts';
import type { PostgresPool } from './postgres-pool.ts';
import type { PostgresSession } from './postgres-session.ts';

export const APPEND = {
  name: 'append_events',
  text: 'select * from storage.append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)',
};

/**
 * Its commit waits for a synchronous standby as others do, and so for all that was committed before: what is there already
 * may be what another call gave up waiting for.
 */
const AFTER_OTHERS = "select pg_logical_emit_message(true, 'exempla', '')";

/** What one page may hold, beyond its last event. A reader that stands still has some twenty of them on the way to it. */
const PAGE_BYTES = 256 * 1024;
/** Rows that one statement looks at for a filter that fits few: its time has a bound. */
const SCAN_ROWS = 5_000;

type Sign = { readonly than: '>' | '<'; readonly order: 'asc' | 'desc' };
const SIGN: Record<'forwards' | 'backwards', Sign> = {
  forwards: { than: '>', order: 'asc' },
  backwards: { than: '<', order: 'desc' },
};

/** Of `rows`, which are in `order` already, those that fit into a page. */
const withinPage = (rows: string, order: string): string =>
  `select ${EVENT_COLUMNS} from (
     select r.*, sum(octet_length(data)) over (order by ${order} rows unbounded preceding) - octet_length(data) as bytes_before
     from (${rows}) as r
   ) as p where bytes_before < ${PAGE_BYTES} or bytes_before = 0 order by ${order}`;

/** The second half is what the index of the log by tenants is asked for with (migration 0004). */
const OF_TENANT = 'tenant = $1 and tenant collate "C" = $1';

const streamPage = ({ than, order }: Sign): string =>
  withinPage(
    `select * from storage.events where tenant = $1 and stream = $2 and revision ${than}= $3
     order by revision ${order} limit $4`,
    `revision ${order}`,
  );

const logPage = ({ than, order }: Sign): string =>
  withinPage(
    `select * from storage.events where ${OF_TENANT} and position ${than} $2 order by position ${order} limit $3`,
    `position ${order}`,
  );

/** Looks at SCAN_ROWS events, keeps those of interest; the last row tells how far it looked. */
const scanPage = ({ than, order }: Sign): string => `
  with looked as materialized (
    select position, type, stream from storage.events where ${OF_TENANT} and position ${than} $2
    order by position ${order} limit ${SCAN_ROWS}
  ), kept as (
    select position from looked where ($4 or type = any($5)) and starts_with(stream, $6) order by position ${order} limit $3
  ), found as (
    ${withinPage('select e.* from storage.events as e join kept using (position)', `position ${order}`)}
  )
  select found.*, (select count(*) from looked) as looked, (select count(*) from kept) as kept,
    (select position from looked order by position ${order === 'asc' ? 'desc' : 'asc'} limit 1) as through
  from (select 1) as one left join found on true order by found.position ${order}`;

interface ScanRow extends Omit<EventRow, 'position'> {
  position: string | null;
  looked: string;
  kept: string;
  through: string | null;
}

const LAST = 9_223_372_036_854_775_807n;

export class PostgresEvents implements EventLog {
  readonly #pool: PostgresPool;
  readonly #key: PageTokenKey;
  readonly #batchTimeoutMs: number;

  constructor(pool: PostgresPool, key: PageTokenKey, batchTimeoutMs: number) {
    this.#pool = pool;
    this.#key = key;
    this.#batchTimeoutMs = batchTimeoutMs;
  }

  async append(appends: readonly Append[]): Promise<AppendOutcome[]> {
    const work = ownWork(this.#batchTimeoutMs);
    const rows = await this.#pool.withoutTenant<OutcomeRow>(work, APPEND, appendArguments(appends));
    const outcomes = inOrder(rows, appends.length);
    if (outcomes.some(({ type }) => type === 'repeated')) await this.#pool.withoutTenant(work, AFTER_OTHERS);
    return outcomes;
  }

  async readStream(call: Call, { stream, from, direction, limit }: StreamRange): Promise<RecordedEvent[]> {
    const first = direction === 'backwards' && from === 0n ? LAST : from;
    const values = [call.tenant, stream, String(first), limit];
    return (await this.#pool.query<EventRow>(call, streamPage(SIGN[direction]), values)).map(toRecordedEvent);
  }

  async readAll(call: Call, range: LogRange): Promise<LogPage> {
    const { direction, filter, limit } = range;
    const after = range.after ?? (direction === 'forwards' ? 0n : LAST);
    if (filter.types.length > 0 || filter.streamPrefix !== '') return await this.#scan(call, { ...range, after });
    const rows = await this.#pool.query<EventRow>(call, logPage(SIGN[direction]), [call.tenant, String(after), limit]);
    const events = rows.map(toRecordedEvent);
    return { events, through: events.at(-1)?.position ?? after, isEnd: events.length === 0 };
  }

  async readLog(after: bigint, limit: number): Promise<RecordedEvent[]> {
    const text = `select ${EVENT_COLUMNS} from storage.read_log($1, $2, ${PAGE_BYTES})`;
    return (await this.#pool.withoutTenant<EventRow>(ownWork(this.#batchTimeoutMs), text, [String(after), limit])).map(
      toRecordedEvent,
    );
  }

  async head(): Promise<bigint> {
    const text = 'select storage.log_head() as position';
    const [row] = await this.#pool.withoutTenant<{ position: string }>(ownWork(this.#batchTimeoutMs), text);
    return BigInt(row?.position ?? 0);
  }

  positionKey(call: Call): Promise<Uint8Array> {
    return this.#key.read(call);
  }

  async #scan(call: Call, { after, direction, limit, filter }: LogRange & { after: bigint }): Promise<LogPage> {
    const rows = await this.#pool.query<ScanRow>(call, scanPage(SIGN[direction]), [
      call.tenant,
      String(after),
      limit,
      filter.types.length === 0,
      filter.types,
      filter.streamPrefix,
    ]);
    const events = rows.filter((row): row is ScanRow & EventRow => row.position !== null).map(toRecordedEvent);
    const [first] = rows;
    if (first === undefined) throw new Error('a scan says how far it looked');
    const [looked, kept] = [Number(first.looked), Number(first.kept)];
    // A page that was cut ends at its last event, one that was not at the last row it looked at.
    const isCut = kept >= limit || events.length < kept;
    const last = isCut ? events.at(-1)?.position : undefined;
    return { events, through: last ?? BigInt(first.through ?? after), isEnd: looked < SCAN_ROWS && !isCut };
  }
}

function inOrder(rows: readonly OutcomeRow[], count: number): AppendOutcome[] {
  if (rows.length !== count) throw new Error(`${count} appends have ${rows.length} outcomes`);
  return [...rows].sort((a, b) => a.request - b.request).map(toOutcome);
}

/** Appends as the last statement of a transaction that does other things: seen by readers when the whole is. */
export async function appendWithin(session: PostgresSession, append: Append): Promise<AppendOutcome> {
  const [outcome] = inOrder(await session.run<OutcomeRow>(APPEND, appendArguments([append])), 1);
  if (outcome === undefined) throw new Error('an append has no outcome');
  return outcome;
}
