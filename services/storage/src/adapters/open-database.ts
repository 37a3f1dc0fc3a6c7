import type { Logger } from '@exempla/telemetry';
import { assertMigrated, migrate } from './migrate.ts';
import { PostgresPool } from './postgres-pool.ts';
import { assertSafeToStart } from './start-checks.ts';

export interface DatabaseOptions {
  readonly databaseUrl: string;
  readonly databaseAdminUrl: string | undefined;
  readonly databaseWaitMs: number;
  readonly statementTimeoutMs: number;
  readonly poolMinSize: number;
  readonly poolMaxSize: number;
  readonly poolTimeoutMs: number;
}

/** A pool on a database whose schema is what we need: migrated by us when we may, otherwise only looked at. */
export async function openDatabase(
  options: DatabaseOptions,
  log: Pick<Logger, 'info' | 'warn'>,
): Promise<PostgresPool> {
  const { databaseUrl: url, databaseAdminUrl: adminUrl, databaseWaitMs: waitMs } = options;
  if (adminUrl === undefined) await assertMigrated(url, { waitMs, log });
  else log.info(await migrate({ adminUrl, url, waitMs, log }), 'database schema is up to date');
  await assertSafeToStart({ url, poolMaxSize: options.poolMaxSize, waitMs, log });
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
    return pool;
  } catch (error) {
    await pool.close();
    throw error;
  }
}
