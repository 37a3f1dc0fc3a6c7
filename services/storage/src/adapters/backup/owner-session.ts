import type pg from 'pg';
import { connectWhenUp, type Waiting } from '../database-wait.ts';

/**
 * How values are written must not depend on the server's settings. With row security off, a policy that would hide rows
 * is an error: the role has to be the owner.
 */
const SETTINGS = `
  set client_encoding = 'UTF8'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set timezone = 'UTC';
  set extra_float_digits = 3; set bytea_output = 'hex'; set row_security = off;
  set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '60s'`;

export interface SessionOptions extends Waiting {
  readonly signal: AbortSignal;
}

/** A connection as the owner of the schema for one job. It is closed when the job is done, has failed or is aborted. */
export async function withOwner<T>(
  adminUrl: string,
  { signal, ...waiting }: SessionOptions,
  job: (client: pg.Client) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const client = await connectWhenUp(adminUrl, waiting);
  // With a statement under way the driver cuts the connection; the server then undoes what was not committed.
  const stop = (): void => void client.end().catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  try {
    await client.query(SETTINGS);
    return await job(client);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await client.end();
  }
}
