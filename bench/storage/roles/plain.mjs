// What the same database and driver can do when nothing is promised: plain inserts, a cursor, bare queries; as the owner,
// whom row-level security does not bind.
import { once } from 'node:events';
import pg from 'pg';
import { EVENT_COLUMNS } from '../../../services/storage/dist/adapters/event-rows.js';
import { rest } from '../latency.mjs';
import { lines, runLines, TENANT } from '../load.mjs';
import { bareRecords } from '../records.mjs';

const BATCH = 100;
const FETCH = 500;
/** A table of the same shape with the same indexes, and a sequence for its positions. */
export const TABLE = `
  create schema bench;
  create table bench.events (like storage.events including all);
  create sequence bench.event_position as bigint`;

export const INSERT = {
  name: 'plain insert',
  text: `
    insert into bench.events (position, tenant, stream, revision, id, type, source, subject, time, content_type, schema,
      correlation_id, causation_id, data, append_time)
    select nextval('bench.event_position'), e.*, clock_timestamp()
    from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[],
      $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bytea[]) as e`,
};

/** As the service reads it, so that the same index serves both: without it the cursor would sort the log first. */
const LOG = `select ${EVENT_COLUMNS} from storage.events
  where tenant = '${TENANT}' and tenant collate "C" = '${TENANT}' order by position`;
const IN_ORDER = 'set local enable_bitmapscan = off; set local enable_sort = off';

export function insertArguments(given) {
  const rows = given.map((line) => line.next());
  const column = (of) => rows.map(({ event }) => of(event));
  return [
    rows.map(() => TENANT),
    rows.map(({ stream }) => stream),
    rows.map(({ revision }) => String(revision + 1n)),
    column((e) => e.id),
    column((e) => e.type),
    column((e) => e.source),
    column((e) => e.subject),
    column((e) => e.time.toISOString()),
    column((e) => e.contentType),
    column((e) => e.schema),
    column((e) => e.correlationId),
    column((e) => e.causationId),
    column((e) => e.data),
  ];
}

export async function start({ adminUrl, maxConnections }) {
  const clients = await Promise.all(
    Array.from({ length: maxConnections }, async () => {
      const client = new pg.Client({ connectionString: adminUrl });
      await client.connect();
      return client;
    }),
  );
  const [first] = clients;
  await first.query(TABLE);

  const commands = {
    insert: ({ connections, ms }) => {
      const given = clients.map(() => lines(BATCH));
      const insert = (i) => clients[i].query({ ...INSERT, values: insertArguments(given[i]) });
      return runLines({ inFlight: connections, ms }, insert, BATCH);
    },
    cursor: async ({ count }) => {
      const begin = performance.now();
      let seen = 0;
      await first.query(`begin; ${IN_ORDER}; declare log cursor for ${LOG}`);
      while (seen < count) {
        const { rows } = await first.query(`fetch ${Math.min(FETCH, count - seen)} from log`);
        if (rows.length === 0) break;
        seen += rows.length;
      }
      await first.query('commit');
      return { count: seen, elapsedMs: performance.now() - begin };
    },
    /** One row in, a NOTIFY, and the row read by a listener: what any signal by the database takes. */
    signal: async ({ count }) => {
      const [writer, listener] = clients;
      const [given] = lines(1);
      await listener.query('listen bench');
      const took = [];
      for (let i = 0; i < count; i += 1) {
        const begin = performance.now();
        const heard = once(listener, 'notification');
        await writer.query({ ...INSERT, values: insertArguments([given]) });
        await writer.query('notify bench');
        await heard;
        await listener.query(`select ${EVENT_COLUMNS} from bench.events order by position desc limit 1`);
        took.push(performance.now() - begin);
        await rest();
      }
      await listener.query('unlisten bench');
      return took;
    },
    ...bareRecords(first),
    /** Rows, for what the measurement wants to know. */
    ask: async ({ text }) => (await first.query(text)).rows,
  };
  return { commands };
}
