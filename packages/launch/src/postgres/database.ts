import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { PostgresError } from './postgres-error.ts';

/** A database on some server, and the role that serves from it. */
export interface Database {
  /** The owner's URL. */
  adminUrl: string;
  /** The role's URL; storage makes the role when it migrates. */
  url: string;
}

export interface TemporaryDatabase extends Database {
  /** Drops the database and the role. */
  drop(): Promise<void>;
}

/** Replaces the database, and optionally the login, of a PostgreSQL URL. */
export function withDatabase(url: string, database: string, login?: { role: string; password: string }): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  if (login) {
    changed.username = encodeURIComponent(login.role);
    changed.password = encodeURIComponent(login.password);
  }
  return changed.href;
}

/** A database of a random name on a server that may hold other things, to be dropped at the end. */
export async function makeTemporaryDatabase(serverUrl: string): Promise<TemporaryDatabase> {
  const name = `exempla_${randomBytes(6).toString('hex')}`;
  const rolesBefore = await sharedRoles(serverUrl);
  const password = randomBytes(24).toString('base64url');
  await onServer(serverUrl, [`create database ${name}`]);
  return {
    adminUrl: withDatabase(serverUrl, name),
    url: withDatabase(serverUrl, name, { role: name, password }),
    drop: async () => {
      await onServer(serverUrl, [`drop database if exists ${name} with (force)`, `drop role if exists ${name}`]);
      const made = (await sharedRoles(serverUrl)).filter((role) => !rolesBefore.includes(role));
      for (const role of made) await dropWhenUnused(serverUrl, role);
    },
  };
}

/** Roles that nobody logs in as, which the databases of one server have in common: storage's migrations make them. */
const SHARED_ROLES = ['exempla_keeper', 'exempla_log_writer', 'exempla_log_reader'];
/** What still depends on it is another database's. https://www.postgresql.org/docs/18/errcodes-appendix.html */
const DEPENDENT_OBJECTS = '2BP01';

async function sharedRoles(serverUrl: string): Promise<string[]> {
  let names: string[] = [];
  await withClient(serverUrl, async (client) => {
    const text = 'select rolname as name from pg_roles where rolname = any($1)';
    names = (await client.query<{ name: string }>(text, [SHARED_ROLES])).rows.map(({ name }) => name);
  });
  return names;
}

async function dropWhenUnused(serverUrl: string, role: string): Promise<void> {
  try {
    await onServer(serverUrl, [`drop role if exists ${role}`]);
  } catch (error) {
    if ((error as { code?: string }).code !== DEPENDENT_OBJECTS) throw error;
  }
}

/** Makes the database when it is not there. `name` is an identifier of ours, never input. */
export async function ensureDatabase(serverUrl: string, name: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${name}`);
  });
}

const onServer = (url: string, statements: string[]): Promise<void> =>
  withClient(url, async (client) => {
    for (const statement of statements) await client.query(statement);
  });

async function withClient(url: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = await connected(url);
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    // Of several addresses tried, Node's own message says nothing.
    const { errors = [error as Error] } = error as Partial<AggregateError>;
    const why = errors.map(({ message }: Error) => message).join('; ');
    throw new PostgresError(
      'SERVER_UNAVAILABLE',
      `PostgreSQL at ${client.host}:${client.port} cannot be used: ${why}`,
      {
        cause: error,
      },
    );
  }
}
