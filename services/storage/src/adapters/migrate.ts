import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '@exempla/telemetry';
import { connectWhenUp, type Waiting } from './database-wait.ts';
import { ensureServiceRole } from './database-role.ts';
import { type Migration, readMigrations } from './migration-files.ts';

export interface MigrateOptions {
  /** URL of the owner of the schema. */
  readonly adminUrl: string;
  /** URL the service will use; its role is made from it. */
  readonly url: string;
  /** Longest wait for the database to come up. */
  readonly waitMs: number;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Our own files when absent. */
  readonly migrations?: readonly Migration[];
  /** Longest wait for another session that migrates or restores. */
  readonly lockWaitMs?: number;
}

/** Of this schema in this database; any number will do as long as nobody else uses it. */
const LOCK_KEY = 7_319_002_511;
/** Longest wait for another replica that migrates, and for the tables that a migration changes. */
const LOCK_TIMEOUT_MS = 120_000;
/** Whoever comes to a table after one that waits for it waits too: so that one gives up soon, and comes again. */
const TABLE_WAIT_MS = 1_000;
const TABLE_PAUSE_MS = 1_000;
const LOCK_NOT_AVAILABLE = '55P03';

const TABLE = `
  create schema if not exists storage;
  create table if not exists storage.migrations (
    version integer primary key,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default clock_timestamp()
  )`;

interface AppliedRow {
  version: number;
  name: string;
  sha256: string;
}

/** Brings the schema and the service's role up to date. Safe to run at any time, from any number of replicas at once. */
export async function migrate(options: MigrateOptions): Promise<{ applied: number; version: number }> {
  const { adminUrl, url, waitMs, log } = options;
  assertSameDatabase(adminUrl, url);
  const migrations = options.migrations ?? (await readMigrations());
  const client = await connectWhenUp(adminUrl, { waitMs, log });
  try {
    await lockMigrations(client, options);
    await client.query(TABLE);
    const { rows } = await client.query<AppliedRow>(
      'select version, name, sha256 from storage.migrations order by version',
    );
    assertUnchanged(rows, migrations);
    const missing = migrations.filter(({ version }) => !rows.some((row) => row.version === version));
    for (const migration of missing) await apply(client, migration, log);
    await ensureServiceRole(client, url);
    return { applied: missing.length, version: Math.max(migrations.length, ...rows.map(({ version }) => version)) };
  } finally {
    // Closing the session frees the lock.
    await client.end();
  }
}

function assertSameDatabase(adminUrl: string, url: string): void {
  const [owner, service] = [new pg.Client(adminUrl), new pg.Client(url)];
  if (owner.database !== service.database) {
    throw new Error(
      `DATABASE_ADMIN_URL names database "${owner.database}" and DATABASE_URL "${service.database}": both must name the same`,
    );
  }
  if (owner.user === service.user) {
    throw new Error(
      `DATABASE_ADMIN_URL and DATABASE_URL both use role "${owner.user}": the service needs a role that owns nothing`,
    );
  }
}

/** A newer version may have applied more than we know: that is no error, it only ever adds. */
function assertUnchanged(applied: readonly AppliedRow[], migrations: readonly Migration[]): void {
  for (const row of applied) {
    const file = migrations.find(({ version }) => version === row.version);
    if (file && file.sha256 !== row.sha256) {
      throw new Error(
        `migration ${row.version} (${row.name}) was changed after it was applied: restore the file and add a new one`,
      );
    }
  }
}

/** Until the session ends, nobody else migrates this database. Whom it waits for is told. */
export async function lockMigrations(
  client: pg.ClientBase,
  { log, lockWaitMs = LOCK_TIMEOUT_MS }: Partial<Pick<MigrateOptions, 'log' | 'lockWaitMs'>> = {},
): Promise<void> {
  await client.query(`set lock_timeout = ${lockWaitMs}`);
  const { rows } = await client.query<{ isOurs: boolean }>('select pg_try_advisory_lock($1) as "isOurs"', [LOCK_KEY]);
  if (rows[0]?.isOurs) return;
  log?.warn(
    { holder: (await holderOf(client)).name },
    'waiting for another session that migrates or restores this database',
  );
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    const { pid, name } = await holderOf(client);
    throw new Error(
      `another session migrates or restores this database for longer than ${lockWaitMs / 1000} s, or hangs: ${name}. ` +
        `Wait for it, or end it: "select pg_terminate_backend(${pid})"`,
      { cause: error },
    );
  }
}

const isLockTimeout = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE;

/** A key of 64 bits is shown in two halves. */
const HOLDER = `
  select a.pid, format('backend %s of role %s at %s', a.pid, a.usename, coalesce(host(a.client_addr), 'a socket')) as name
  from pg_locks as l join pg_stat_activity as a using (pid)
  where l.locktype = 'advisory' and l.granted and l.objsubid = 1 and a.datname = current_database()
    and l.classid::bigint = $1::bigint >> 32 and l.objid::bigint = $1::bigint & 4294967295`;

async function holderOf(client: pg.ClientBase): Promise<{ pid: number | undefined; name: string }> {
  const { rows } = await client.query<{ pid: number; name: string }>(HOLDER, [LOCK_KEY]);
  return rows[0] ?? { pid: undefined, name: 'one that has just gone' };
}

/** Makes the schema as part of the caller's transaction, in a database that has none. */
export async function applyWithin(client: pg.ClientBase, migrations: readonly Migration[]): Promise<void> {
  await client.query(TABLE);
  for (const migration of migrations) await run(client, migration);
}

async function apply(client: pg.Client, migration: Migration, log: MigrateOptions['log']): Promise<void> {
  const { version, name } = migration;
  const end = performance.now() + LOCK_TIMEOUT_MS;
  for (;;) {
    try {
      await applyOnce(client, migration);
      return log.info({ version, name }, 'migration applied');
    } catch (error) {
      if (!isLockTimeout(error) || performance.now() > end) {
        throw new Error(`migration ${version} (${name}) failed: ${(error as Error).message}`, { cause: error });
      }
      log.warn({ version, name, retryInMs: TABLE_PAUSE_MS }, 'a table is in use; the migration is tried again');
      await sleep(TABLE_PAUSE_MS);
    }
  }
}

async function applyOnce(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = ${TABLE_WAIT_MS}`);
    await run(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function run(client: pg.ClientBase, { version, name, sha256, sql }: Migration): Promise<void> {
  await client.query(sql);
  await client.query('insert into storage.migrations (version, name, sha256) values ($1, $2, $3)', [
    version,
    name,
    sha256,
  ]);
}

/** What a service that may not migrate says when the schema is not there. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';

  constructor(problem: string, cause?: unknown) {
    super(
      `${problem}. Run "npm run migrate -w @exempla/storage" with DATABASE_ADMIN_URL (the owner) and DATABASE_URL set, ` +
        'or start the service with both',
      { cause },
    );
  }
}

/** No such role or password, schema, table, or no right to it. */
const NOT_MIGRATED = /^(28|3D000|3F000|42P01|42501)/;

/** Throws unless the schema is at least what this version of the service needs. */
export async function assertMigrated(url: string, waiting: Waiting): Promise<void> {
  const needed = (await readMigrations()).length;
  const found = await schemaVersion(url, waiting);
  if (found < needed) throw new SchemaError(`the database schema is at version ${found}, this service needs ${needed}`);
}

async function schemaVersion(url: string, waiting: Waiting): Promise<number> {
  let client: pg.Client | undefined;
  try {
    client = await connectWhenUp(url, waiting);
    const { rows } = await client.query<{ version: number | null }>(
      'select max(version) as version from storage.migrations',
    );
    return rows[0]?.version ?? 0;
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (NOT_MIGRATED.test(code)) throw new SchemaError(`the database is not ready: ${(error as Error).message}`, error);
    throw error;
  } finally {
    await client?.end();
  }
}
