import { PostgresPool, type PoolOptions } from '../src/adapters/postgres-pool.ts';
import { silent, type TestDatabase } from './database.ts';

/** A statement that ends when it is made to. */
export const SLEEP = 'select pg_sleep(60)';

/** Pools of one test on one database. */
export class TestPools {
  readonly #url: string;
  readonly #pools: PostgresPool[] = [];

  constructor({ url }: TestDatabase) {
    this.#url = url;
  }

  open(options: Partial<PoolOptions> = {}): PostgresPool {
    const defaults = { minSize: 0, maxSize: 4, waitTimeoutMs: 30_000, statementTimeoutMs: 10_000, log: silent };
    const pool = new PostgresPool({ url: this.#url, ...defaults, ...options });
    this.#pools.push(pool);
    return pool;
  }

  async close(): Promise<void> {
    await Promise.all(this.#pools.splice(0).map((pool) => pool.close()));
  }
}

/** Statements of pools that the server works on. */
export async function activeQueries({ admin }: TestDatabase): Promise<number> {
  const [row] = await admin<{ count: string }>(
    "select count(*) from pg_stat_activity where state = 'active' and application_name = 'exempla-storage'",
  );
  return Number(row?.count);
}
