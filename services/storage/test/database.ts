import { makeTemporaryDatabase, type RunningPostgres, startPostgres, type TemporaryDatabase } from '@exempla/launch';
import { createLogger, type Logger } from '@exempla/telemetry';
import pg from 'pg';
import { migrate } from '../src/adapters/migrate.ts';
import { PostgresPool, type PoolOptions } from '../src/adapters/postgres-pool.ts';

export const silent: Logger = createLogger({ service: 'storage-test', level: 'silent' });

export interface TestServer {
  readonly postgres: RunningPostgres;
  /** A migrated database of its own, and a pool on it. */
  database(options?: Partial<PoolOptions>): Promise<TestDatabase>;
  stop(): Promise<void>;
}

export interface TestDatabase extends TemporaryDatabase {
  readonly pool: PostgresPool;
  /** As the owner. */
  admin<R extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<R[]>;
  /** A session of the owner's own, ended with the server. */
  session(): Promise<pg.Client>;
}

export async function startTestServer(options: { dataDir?: string; port?: number } = {}): Promise<TestServer> {
  const postgres = await startPostgres(options);
  const clients: pg.Client[] = [];
  const pools: PostgresPool[] = [];
  const session = async (url: string): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    clients.push(client);
    return client;
  };
  return {
    postgres,
    database: async (poolOptions = {}) => {
      const database = await makeTemporaryDatabase(postgres.adminUrl);
      await migrate({ ...database, waitMs: 5_000, log: silent });
      const defaults = { minSize: 0, maxSize: 50, waitTimeoutMs: 30_000, statementTimeoutMs: 10_000, log: silent };
      const pool = new PostgresPool({ url: database.url, ...defaults, ...poolOptions });
      pools.push(pool);
      const owner = await session(database.adminUrl);
      return {
        ...database,
        pool,
        session: () => session(database.adminUrl),
        admin: async <R extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
          (await owner.query<R>(text, values)).rows,
      };
    },
    stop: async () => {
      await Promise.all(pools.map((pool) => pool.close()));
      await Promise.all(clients.map((client) => client.end().catch(() => {})));
      await postgres.stop();
    },
  };
}
