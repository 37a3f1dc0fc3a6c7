import { realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { holderOf } from '../processes/lock.ts';
import { layoutOf } from './data-directory.ts';
import { PostgresError } from './postgres-error.ts';
import { findPostmaster } from './postmaster.ts';

/** Removes data of `startPostgres({ dataDir })`, also where it lies behind a link. Refused while something uses it. */
export async function removePostgresData(dataDir: string): Promise<void> {
  const root = await realpath(dataDir).catch(() => undefined);
  if (root === undefined) return rm(dataDir, { force: true });
  const user = (await holderOf(join(root, 'launcher.lock'))) ?? (await findPostmaster(layoutOf(root)));
  if (user) throw new PostgresError('DATA_IN_USE', `Process ${user.pid} uses ${root}. End it first: kill ${user.pid}`);
  await rm(root, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}
