import type pg from 'pg';

/** Of this schema in this database; no other lock has it (migrations …511, appending events …512). */
const LOCK_KEY = 7_319_002_521;

/** True when bytes may be removed in this transaction: not while a backup reads them. */
export const MAY_REMOVE = `select pg_try_advisory_xact_lock_shared(${LOCK_KEY}) as may`;

/**
 * Until the session ends, no bytes are removed: what the backup's moment refers to stays. Whoever wants to remove some
 * leaves it to a later sweep.
 */
export async function holdRemovals(client: pg.ClientBase): Promise<void> {
  await client.query(`select pg_advisory_lock(${LOCK_KEY})`);
}
