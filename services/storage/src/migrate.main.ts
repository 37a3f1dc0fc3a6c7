// Brings the database up to date and ends: exit 0, or 1 with the reason on standard error.
import { createLogger, flushLogger } from '@exempla/telemetry';
import { migrate } from './adapters/migrate.ts';
import { readConfig } from './config.ts';

const logger = createLogger({ service: 'storage-migrate' });
try {
  const { databaseUrl: url, databaseAdminUrl: adminUrl, databaseWaitMs: waitMs } = await readConfig();
  if (adminUrl === undefined) throw new Error('DATABASE_ADMIN_URL (or DATABASE_ADMIN_URL_FILE) is not set');
  const { applied, version } = await migrate({ adminUrl, url, waitMs, log: logger });
  logger.info({ applied, version }, 'database schema is up to date');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
await flushLogger(logger);
