import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeTemporaryDatabase, type TemporaryDatabase } from '@exempla/launch';
import { recordingLogger } from '@exempla/testing';
import pg from 'pg';
import { migrate } from '../src/adapters/migrate.ts';
import { openDatabase } from '../src/adapters/open-database.ts';
import { silent, startTestServer, type TestServer } from './database.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

interface Site extends TemporaryDatabase {
  /** The role of DATABASE_URL; the database has the same name. */
  readonly role: string;
  asOwner(...statements: string[]): Promise<void>;
}

async function migrated(): Promise<Site> {
  const database = await makeTemporaryDatabase(server.postgres.adminUrl);
  await migrate({ ...database, waitMs: 0, log: silent });
  const asOwner = async (...statements: string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: database.adminUrl });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return { ...database, role: decodeURIComponent(new URL(database.url).username), asOwner };
}

const start = (site: Site, change: { mayMigrate?: boolean; poolMaxSize?: number; log?: typeof silent } = {}) =>
  openDatabase(
    {
      databaseUrl: site.url,
      databaseAdminUrl: change.mayMigrate ? site.adminUrl : undefined,
      databaseWaitMs: 0,
      statementTimeoutMs: 10_000,
      poolMinSize: 1,
      poolMaxSize: change.poolMaxSize ?? 2,
      poolTimeoutMs: 1_000,
    },
    change.log ?? silent,
  );

async function refusalOf(starting: ReturnType<typeof start>): Promise<string> {
  try {
    await (await starting).close();
    return 'it started';
  } catch (error) {
    return (error as Error).message;
  }
}

const POWERS: [string, (role: string) => string[], string][] = [
  ['is a superuser', (role) => [`alter role ${role} superuser`], 'is a superuser'],
  ['bypasses row security', (role) => [`alter role ${role} bypassrls`], 'bypasses row security'],
  ['makes roles', (role) => [`alter role ${role} createrole`], 'makes roles'],
  ['replicates', (role) => [`alter role ${role} replication`], 'replicates the server'],
  ['owns a table', (role) => [`alter table storage.objects owner to ${role}`], 'owns storage.objects'],
  ['owns the schema', (role) => [`alter schema storage owner to ${role}`], 'owns schema storage'],
  ['owns the database', (role) => [`alter database ${role} owner to ${role}`], 'owns database'],
  ['runs programs', (role) => [`grant pg_execute_server_program to ${role}`], 'as a member of "pg_execute_server'],
  ['is a member of the superuser', (role) => [`grant exempla to ${role}`], 'is a superuser as a member of "exempla"'],
  [
    'may become one that bypasses row security',
    (role) => [`create role ${role}_by bypassrls`, `grant ${role}_by to ${role} with inherit false`],
    'bypasses row security as a member of',
  ],
  [
    'is a member of a member of the owner of a table',
    (role) => [
      `create role ${role}_owner`,
      `create role ${role}_between in role ${role}_owner`,
      `alter table storage.definitions owner to ${role}_owner`,
      `grant ${role}_between to ${role}`,
    ],
    'owns storage.definitions as a member of',
  ],
];

describe.each([
  ['that may migrate', true],
  ['that may not migrate', false],
])('a service %s', (_, mayMigrate) => {
  it('starts with the role that a migration made', async () => {
    const pool = await start(await migrated(), { mayMigrate });
    expect(pool.stats).toMatchObject({ open: 1, inUse: 0 });
    await pool.close();
  });

  it.each(POWERS)('does not start with a role that %s', async (_power, statements, message) => {
    const site = await migrated();
    await site.asOwner(...statements(site.role));
    const refusal = await refusalOf(start(site, { mayMigrate }));
    expect(refusal).toContain(`role "${site.role}" of DATABASE_URL `);
    expect(refusal).toContain(message);
    expect(refusal).toContain('Use another, one that owns nothing: "npm run migrate -w @exempla/storage"');
  });

  it.each([
    ['a table', ['create table storage.open (tenant text)'], 'storage.open'],
    [
      'two tables',
      ['create table storage.open_b (tenant text)', 'create table storage.open_a (id int, tenant text)'],
      'storage.open_a, storage.open_b',
    ],
    ['a view of its owner', ['create view storage.seen as select tenant from storage.objects'], 'storage.seen'],
    ['a copy', ['create materialized view storage.copy as select tenant from storage.objects'], 'storage.copy'],
    ['a table of ours', ['alter table storage.objects disable row level security'], 'storage.objects'],
    [
      'a table that another policy opens',
      ['create policy all_tenants on storage.definitions using (true)'],
      'storage.definitions (policy all_tenants)',
    ],
  ])('does not start when tenants are not kept apart in %s', async (_what, statements, names) => {
    const site = await migrated();
    await site.asOwner(...statements);
    expect(await refusalOf(start(site, { mayMigrate }))).toContain(`does not keep tenants apart in ${names}. As`);
  });

  it('does not start with a role that may become one that looks across tenants', async () => {
    const site = await migrated();
    await site.asOwner(`grant exempla_keeper to ${site.role} with inherit false`);
    const open = ['byte_suspicions', 'objects', 'uploads'].map((table) => `storage.${table} (policy all_tenants)`);
    const refusal = await refusalOf(start(site, { mayMigrate }));
    expect(refusal).toContain(`does not keep tenants apart in ${open.join(', ')}. As`);
  });

  it('starts with a view that reads with the rights of its reader', async () => {
    const site = await migrated();
    await site.asOwner(
      'create view storage.seen with (security_invoker = on) as select tenant from storage.objects',
      'create table storage.forgotten (id int, tenant text); alter table storage.forgotten drop column tenant',
    );
    expect(await refusalOf(start(site, { mayMigrate }))).toBe('it started');
  });
});

describe('the sum of connections', () => {
  /** What the embedded server has; 3 of them are kept for superusers. */
  const MAX = 200;

  it.each([
    [MAX - 3, 'it started'],
    [
      MAX - 2,
      'DB_POOL_MAX_SIZE is 198, but the server takes at most 197 connections of us (max_connections 200, 3 of them ' +
        'reserved): lower DB_POOL_MAX_SIZE or raise max_connections',
    ],
  ])('is refused when the server could never give so many: %i', async (poolMaxSize, outcome) => {
    const site = await migrated();
    expect(await refusalOf(start(site, { poolMaxSize }))).toBe(outcome);
  });

  it('is warned of with figures when others have too many open, and not when they have left', async () => {
    const site = await migrated();
    const others = await Promise.all(Array.from({ length: 12 }, () => connected(site.url)));
    const opened = await warnings(site, 180);
    expect(opened).toHaveLength(1);
    const { others: counted, msg } = opened[0] as { others: number; msg: string };
    expect(counted).toBeGreaterThanOrEqual(12);
    expect(msg).toBe(
      `connections may run out: DB_POOL_MAX_SIZE is 180, others have ${counted} open, max_connections is 200 and 10 ` +
        'shall stay free: lower DB_POOL_MAX_SIZE or raise max_connections',
    );
    await Promise.all(others.map((client) => client.end()));
    expect(await warnings(site, 180)).toEqual([]);
    expect(await warnings(site, 191)).toHaveLength(1);
  });

  async function connected(url: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return client;
  }

  async function warnings(site: Site, poolMaxSize: number): Promise<unknown[]> {
    const { logger, lines } = recordingLogger('storage');
    await (await start(site, { poolMaxSize, log: logger })).close();
    return lines.filter(({ msg }) => String(msg).startsWith('connections may run out'));
  }
});
