import type { Logger } from '@exempla/telemetry';
import type { DiskObjects } from './disk-objects.ts';
import { ownWork } from './own-work.ts';
import type { PostgresPool } from './postgres-pool.ts';

/** Pages of a table stay when its rows go: it says whether there was ever an object, and every role may ask. */
const HAS_HAD = `select pg_relation_size('storage.objects') > 0 as objects`;

/**
 * A directory in which nothing ever was, of a database that has had objects: most likely its volume is not mounted.
 * Uploads would go to where nobody finds them again.
 */
export async function warnOfEmptyDirectory(
  disk: DiskObjects,
  pool: PostgresPool,
  { statementTimeoutMs, log }: { readonly statementTimeoutMs: number; readonly log: Pick<Logger, 'error'> },
): Promise<void> {
  if (!(await disk.isNew())) return;
  const [row] = await pool.withoutTenant<{ objects: boolean }>(ownWork(statementTimeoutMs), HAS_HAD);
  if (row?.objects !== true) return;
  log.error(
    { directory: disk.directory },
    'the objects directory is new, but the database has had objects: is its volume mounted?',
  );
}
