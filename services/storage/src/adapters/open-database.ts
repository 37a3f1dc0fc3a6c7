import type { Logger } from '@exempla/telemetry';
import { assertMigrated, migrate } from './migrate.ts';
import { PostgresPool } from './postgres-pool.ts';

export interface DatabaseOptions {
  readonly databaseUrl: string;
  readonly databaseAdminUrl: string | undefined;
  readonly databaseWaitMs: number;
  readonly statementTimeoutMs: number;
  readonly poolMinSize: number;
  readonly poolMaxSize: number;
  readonly poolTimeoutMs: number;
}

/** Connections that others (people, migrations, other services' superusers) keep. */
const SPARE_CONNECTIONS = 10;

/** A pool on a database whose schema is what we need: migrated by us when we may, otherwise only looked at. */
export async function openDatabase(
  options: DatabaseOptions,
  log: Pick<Logger, 'info' | 'warn'>,
): Promise<PostgresPool> {
  const { databaseUrl: url, databaseAdminUrl: adminUrl, databaseWaitMs: waitMs } = options;
  if (adminUrl === undefined) await assertMigrated(url, { waitMs, log });
  else log.info(await migrate({ adminUrl, url, waitMs, log }), 'database schema is up to date');
  const pool = new PostgresPool({
    url,
    minSize: options.poolMinSize,
    maxSize: options.poolMaxSize,
    waitTimeoutMs: options.poolTimeoutMs,
    statementTimeoutMs: options.statementTimeoutMs,
    log,
  });
  try {
    await pool.warm();
    await warnWhenTooLarge(pool, options.poolMaxSize, log);
    return pool;
  } catch (error) {
    await pool.close();
    throw error;
  }
}

async function warnWhenTooLarge(pool: PostgresPool, poolMaxSize: number, log: Pick<Logger, 'warn'>): Promise<void> {
  const call = { signal: new AbortController().signal, deadline: { remainingMs: () => 10_000 } };
  const [row] = await pool.withoutTenant<{ max_connections: string }>(call, 'show max_connections');
  const maxConnections = Number(row?.max_connections);
  if (poolMaxSize > maxConnections - SPARE_CONNECTIONS) {
    log.warn({ poolMaxSize, maxConnections }, 'DB_POOL_MAX_SIZE leaves the server too few connections');
  }
}
