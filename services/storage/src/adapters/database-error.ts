import pg from 'pg';

export type DatabaseErrorReason = 'DATABASE_UNAVAILABLE' | 'POOL_EXHAUSTED';

/** The database could not be asked. The cause stays on this side. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly reason: DatabaseErrorReason;
  readonly metadata: Record<string, string>;

  constructor(reason: DatabaseErrorReason, message: string, metadata: Record<string, string> = {}, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
    this.metadata = metadata;
  }
}

export const databaseUnavailable = (cause: unknown): DatabaseError =>
  new DatabaseError('DATABASE_UNAVAILABLE', 'the database cannot be reached', {}, cause);

export const statementTooSlow = (limitMs: number, cause?: unknown): DatabaseError =>
  new DatabaseError('DATABASE_UNAVAILABLE', `the database did not answer within ${seconds(limitMs)}`, {}, cause);

/** It is done on one server, and lost with it. */
export const notReplicated = (): DatabaseError =>
  new DatabaseError('DATABASE_UNAVAILABLE', 'the standby of the database did not confirm the change in time');

export function poolExhausted(pool: { inUse: number; max: number }, waitedMs: number): DatabaseError {
  return new DatabaseError('POOL_EXHAUSTED', `pool db ${pool.inUse}/${pool.max}, waited ${seconds(waitedMs)}`, {
    pool: 'db',
    in_use: String(pool.inUse),
    max: String(pool.max),
    waited_ms: String(Math.round(waitedMs)),
  });
}

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(1))}s`;

/**
 * SQLSTATE classes and codes that say the server is away, full, starting, stopping, a standby that takes no writes, or
 * refuses us; anything else is a fault of ours. https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
const AWAY = /^(08|53|25006|28|57P0|3D000)/;
const QUERY_CANCELED = '57014';
const SOCKET = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_|ENOENT|EADDRNOTAVAIL)/;
/** What the driver says without a code when a connection breaks. */
const BROKEN =
  /^(Connection terminated|Client (has encountered|was closed)|timeout exp|Cannot use a pool|The server does not)/;

/** `DatabaseError` when the database was not there to answer, the error itself otherwise. */
export function toDatabaseError(error: unknown, statementTimeoutMs: number): unknown {
  const { code = '', message = '' } = error as Partial<NodeJS.ErrnoException>;
  if (error instanceof pg.DatabaseError) {
    if (code === QUERY_CANCELED) return statementTooSlow(statementTimeoutMs, error);
    return AWAY.test(code) ? databaseUnavailable(error) : error;
  }
  return SOCKET.test(code) || BROKEN.test(message) ? databaseUnavailable(error) : error;
}
