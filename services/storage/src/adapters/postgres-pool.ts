import pg from 'pg';
import { processMetrics, type Logger, type MetricRegistry } from '@exempla/telemetry';
import { DatabaseError, databaseUnavailable, poolExhausted, toDatabaseError } from './database-error.ts';
import { Permits } from './permits.ts';
import { PoolMetrics } from './pool-metrics.ts';
import { PostgresSession, type Statement, watchWarnings } from './postgres-session.ts';

export interface PoolOptions {
  readonly url: string;
  readonly minSize: number;
  readonly maxSize: number;
  /** Longest wait for a free connection. */
  readonly waitTimeoutMs: number;
  /** Longest a statement may take. */
  readonly statementTimeoutMs: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Where the pool counts. Default: where the whole process does. */
  readonly metrics?: MetricRegistry;
}

/** How long a statement may run. */
export interface DatabaseWork {
  readonly signal: AbortSignal;
  readonly deadline: { remainingMs(): number };
}

/** For whom a statement runs, and for how long. */
export interface DatabaseCall extends DatabaseWork {
  /** Whose rows it sees, and no others: row-level security. */
  readonly tenant: string;
}

const CONNECT_TIMEOUT_MS = 5_000;
/**
 * Pages go along an index, in its order. On a table that has grown since it was last analysed the planner thinks it
 * cheaper to fetch all that is left and to sort it, for each page anew.
 */
const PLANNER = '-c enable_bitmapscan=off';
const IDLE_TIMEOUT_MS = 30_000;
/** The server's own limits are a backstop: they lie above ours. */
const BACKSTOP_MS = 5_000;
/** Kept of a call's time to say that there was no connection. */
const ANSWER_RESERVE_MS = 200;

/** Who has what belongs to no tenant: appends, which are of many, and the work of the service itself. */
const NOBODY = '';

/** A look at the database does not stand in the way of calls that wait for a connection. */
const PING_WAIT_MS = 500;

/** How long a call may wait for a connection and still answer. */
const patience = (remainingMs: number): number =>
  Math.max(0, remainingMs - Math.min(ANSWER_RESERVE_MS, remainingMs / 10));

/**
 * At most `maxSize` connections, each lent to one call at a time, and first to the tenant that has fewest; every statement
 * ends with its call.
 */
export class PostgresPool {
  readonly #options: PoolOptions;
  readonly #pool: pg.Pool;
  readonly #permits: Permits;
  readonly #metrics: PoolMetrics;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#permits = new Permits(options.maxSize);
    this.#pool = new pg.Pool({
      connectionString: options.url,
      min: options.minSize,
      max: options.maxSize,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      idleTimeoutMillis: IDLE_TIMEOUT_MS,
      statement_timeout: options.statementTimeoutMs + BACKSTOP_MS,
      idle_in_transaction_session_timeout: options.statementTimeoutMs + BACKSTOP_MS,
      application_name: 'exempla-storage',
      options: PLANNER,
      keepAlive: true,
    });
    this.#metrics = new PoolMetrics(options.metrics ?? processMetrics, () => this.stats);
    // Without a listener an idle connection that breaks ends the process.
    this.#pool.on('error', (error) => options.log.warn({ error: error.message }, 'database connection lost'));
    this.#pool.on('connect', (client) => {
      client.on('error', () => {});
      watchWarnings(client);
    });
  }

  get stats(): { inUse: number; max: number; waiting: number; open: number } {
    const { inUse, max, waiting } = this.#permits;
    return { inUse, max, waiting, open: this.#pool.totalCount };
  }

  /** Opens the smallest number of connections that shall stand ready. */
  async warm(): Promise<void> {
    const opening = await Promise.allSettled(Array.from({ length: this.#options.minSize }, () => this.#pool.connect()));
    for (const opened of opening) if (opened.status === 'fulfilled') opened.value.release();
    const failed = opening.find((opened) => opened.status === 'rejected');
    if (failed) throw toDatabaseError(failed.reason, this.#options.statementTimeoutMs);
  }

  /** Rejects when the database is away. One that is busy with our own statements is there. */
  async ping(signal: AbortSignal): Promise<void> {
    try {
      await this.withoutTenant({ signal, deadline: { remainingMs: () => PING_WAIT_MS } }, 'select 1');
    } catch (error) {
      if (!(error instanceof DatabaseError && error.reason === 'POOL_EXHAUSTED')) throw error;
    }
  }

  query<R extends pg.QueryResultRow>(call: DatabaseCall, statement: Statement, values: unknown[] = []): Promise<R[]> {
    return this.#withSession(call.tenant, call, (session) => session.runAs<R>(call.tenant, statement, values));
  }

  /** For what belongs to nobody: no tenant's rows are seen. */
  withoutTenant<R extends pg.QueryResultRow>(
    work: DatabaseWork,
    statement: Statement,
    values: unknown[] = [],
  ): Promise<R[]> {
    return this.#withSession(NOBODY, work, (session) => session.run<R>(statement, values));
  }

  /** Commits what `work` did for the tenant, or nothing of it. */
  transaction<T>(call: DatabaseCall, work: (session: PostgresSession) => Promise<T>): Promise<T> {
    return this.#withSession(call.tenant, call, async (session) => {
      try {
        await session.begin(call.tenant);
        const result = await work(session);
        await session.run('commit');
        return result;
      } catch (error) {
        await session.rollback();
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    this.#metrics.stop();
    if (!this.#pool.ended) await this.#pool.end();
  }

  async #withSession<T>(owner: string, call: DatabaseWork, work: (session: PostgresSession) => Promise<T>): Promise<T> {
    const client = await this.#checkout(owner, call);
    const session = new PostgresSession(client, call, this.#options.statementTimeoutMs);
    try {
      return await work(session);
    } finally {
      client.release(session.isBroken);
      this.#permits.release(owner);
    }
  }

  async #checkout(owner: string, call: DatabaseWork): Promise<pg.PoolClient> {
    const start = performance.now();
    const waitMs = Math.min(this.#options.waitTimeoutMs, patience(call.deadline.remainingMs()));
    let granted = false;
    try {
      granted = await this.#permits.acquire(owner, call.signal, waitMs);
    } finally {
      this.#metrics.waited(performance.now() - start);
    }
    if (!granted) {
      this.#metrics.timedOut();
      throw poolExhausted(this.stats, performance.now() - start);
    }
    return this.#connect(owner, call.signal);
  }

  /** Takes over the permit: it is given back when there is no connection to lend, even if that is known only later. */
  #connect(owner: string, signal: AbortSignal): Promise<pg.PoolClient> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => reject(signal.reason as Error);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#pool.connect().then(
        (client) => {
          signal.removeEventListener('abort', onAbort);
          if (!signal.aborted) return resolve(client);
          client.release();
          this.#permits.release(owner);
          reject(signal.reason as Error);
        },
        (error: unknown) => {
          signal.removeEventListener('abort', onAbort);
          this.#permits.release(owner);
          const known = toDatabaseError(error, this.#options.statementTimeoutMs);
          reject(known === error ? databaseUnavailable(error) : (known as Error));
        },
      );
    });
  }
}
