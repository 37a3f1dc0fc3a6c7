// The product without its door: pool, group commit, row-level security, position tokens; and, through the same pool with
// the same statement, one transaction for each append.
import { openEvents } from '../../../services/storage/dist/adapters/open-events.js';
import { PageTokenKey } from '../../../services/storage/dist/adapters/page-token-key.js';
import { PostgresPool } from '../../../services/storage/dist/adapters/postgres-pool.js';
import { appendEvents, PositionTokens, readAll, subscribe } from '../../../services/storage/dist/events/index.js';
import { fromPosition, fromRecorded } from '../../../services/storage/dist/grpc/event-mapping.js';
import { statementAlone } from '../statement.mjs';
import { appendOf, lines, runLines, TENANT } from '../load.mjs';

const CALL_LIMIT_MS = 60_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const NO_FILTER = { types: [], streamPrefix: '' };
const print = (...what) => console.error(...what);

/** What every call has: its own signal, and time. */
function newCall() {
  const end = performance.now() + CALL_LIMIT_MS;
  const caller = new AbortController();
  return {
    tenant: TENANT,
    signal: caller.signal,
    deadline: { remainingMs: () => end - performance.now() },
    abort: () => caller.abort(new Error('the call is over')),
  };
}

export async function start({ url, maxConnections }) {
  const log = { info: () => {}, warn: print };
  const sizes = { minSize: maxConnections, maxSize: maxConnections, waitTimeoutMs: CALL_LIMIT_MS };
  const pool = new PostgresPool({ url, ...sizes, statementTimeoutMs: STATEMENT_TIMEOUT_MS, log });
  await pool.warm();
  const key = new PageTokenKey(pool);
  const events = openEvents({ pool, key, databaseUrl: url, statementTimeoutMs: STATEMENT_TIMEOUT_MS, log });
  const tokens = new PositionTokens(await key.read(newCall()));

  const commands = {
    append: ({ inFlight, ms }) => {
      const given = lines(inFlight);
      return runLines({ inFlight, ms }, async (line) => {
        const { position } = await appendEvents(events.queue, newCall(), appendOf(given[line].next()));
        fromPosition(tokens, TENANT, position);
      });
    },
    perTransaction: ({ inFlight, ms }) => {
      const given = lines(inFlight);
      return runLines({ inFlight, ms }, async (line) => {
        const [outcome] = await events.log.append([appendOf(given[line].next())]);
        if (outcome.type !== 'appended') throw new Error(`an append is ${outcome.type}`);
      });
    },
    readAll: async ({ count }) => {
      const begin = performance.now();
      let seen = 0;
      const reading = { after: undefined, direction: 'forwards', limit: BigInt(count), filter: NO_FILTER };
      for await (const page of readAll(events.log, newCall(), reading))
        seen += fromRecorded(tokens, page.events).length;
      return { count: seen, elapsedMs: performance.now() - begin };
    },
    subscribe: async ({ count }) => {
      const begin = performance.now();
      let seen = 0;
      const call = newCall();
      for await (const part of subscribe(events, call, { after: 0n, filter: NO_FILTER })) {
        if (part.type === 'events') seen += fromRecorded(tokens, part.events).length;
        if (seen >= count || part.type === 'caught-up') break;
      }
      return { count: seen, elapsedMs: performance.now() - begin };
    },
    countWithoutTenant: async () => {
      const [row] = await pool.withoutTenant(newCall(), 'select count(*)::int as n from storage.events');
      return row.n;
    },
    statementAlone: ({ sizes, times }) => statementAlone(url, sizes, times),
  };
  return { commands };
}
