import { status, RemoteError } from '@exempla/rpc';
import { ask, connected } from './ask.ts';
import type { Cluster } from './cluster.ts';
import { pause } from './dice.ts';
import type { Race } from './race.ts';

type GoesOn = () => boolean;

/** Transactions that have written and do not end, in the same database and in another one of the server. */
export async function holdTransactions(urls: readonly string[], goesOn: GoesOn): Promise<void> {
  const clients = await Promise.all(urls.map((url) => connected(url)));
  try {
    for (const client of clients) {
      await client.query(
        'begin; create table held (n integer); insert into held values (1); select pg_current_xact_id()',
      );
    }
    while (goesOn()) await pause(20);
    // A connection that was lost would have held nothing.
    for (const client of clients) await client.query('select n from held');
  } finally {
    for (const client of clients) await client.end();
  }
}

/** Cuts what tells the processes of new events, again and again. Tells how many connections it cut. */
export async function killListeners(adminUrl: string, everyMs: number, goesOn: GoesOn): Promise<number> {
  let killed = 0;
  for (; goesOn(); await pause(everyMs)) {
    const rows = await ask(
      adminUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'exempla-storage-listen'`,
    );
    killed += rows.length;
  }
  return killed;
}

/** What a client may be told while the database is away. */
const AWAY: readonly status[] = [status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.RESOURCE_EXHAUSTED];
/** What a session of PostgreSQL may be told then: SQLSTATE classes 08 and 57, and what the driver says of sockets. */
const LOST = /^(08|57)|ECONNRE|EPIPE|Connection terminated|Client has encountered/;

export function isAway(error: unknown): boolean {
  if (error instanceof RemoteError) return AWAY.includes(error.code);
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return LOST.test(code) || LOST.test(message);
}

export interface Recovery {
  /** Events that were acknowledged before the server was killed. */
  readonly acknowledged: number;
  readonly processes: number;
  /** From the kill to a server that is known to take connections. */
  readonly serverMs: number;
  /** From the kill to the first append that is acknowledged, and to an event after it for each reader. */
  readonly appendMs: number;
  readonly readersMs: readonly number[];
}

const ANSWERS_MS = 500;

/** Kills the server when half of the race is run, and starts it again. */
export async function crash(cluster: Cluster, { options, ledger, readers }: Race, goesOn: GoesOn): Promise<Recovery> {
  while (goesOn() && ledger.acknowledged.size < options.events / 2) await pause(5);
  const killed = performance.now();
  const processes = await cluster.kill();
  // Answers that were on their way when it was killed.
  await pause(ANSWERS_MS);
  const acknowledged = ledger.acknowledged.size;
  const starting = cluster.startAgain().then(() => performance.now() - killed);
  while (goesOn() && ledger.acknowledged.size === acknowledged) await pause(5);
  const appended = performance.now();
  const waiting = readers.map(async (reader) => {
    while (goesOn() && reader.lastAt < appended) await pause(5);
    return reader.lastAt - killed;
  });
  return {
    acknowledged,
    processes,
    serverMs: await starting,
    appendMs: appended - killed,
    readersMs: await Promise.all(waiting),
  };
}
