import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeTemporaryDatabase, type TemporaryDatabase } from '@exempla/launch';
import { eventually, recordingLogger } from '@exempla/testing';
import pg from 'pg';
import { assertMigrated, migrate } from '../src/adapters/migrate.ts';
import { readMigrations } from '../src/adapters/migration-files.ts';
import { openDatabase } from '../src/adapters/open-database.ts';
import { silent, startTestServer, type TestServer } from './database.ts';
import { freshDatabase, queryAs, userOf } from './fresh-database.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const fresh = (): Promise<TemporaryDatabase> => freshDatabase(server);
const waiting = { waitMs: 0, log: silent };

describe('migrate', () => {
  it('applies every file once, whatever the number of replicas that start at once', async () => {
    const database = await fresh();
    const all = await Promise.all(Array.from({ length: 6 }, () => migrate({ ...database, ...waiting })));
    const { length } = await readMigrations();
    expect(all.filter(({ applied }) => applied === 0)).toHaveLength(5);
    expect(all.filter(({ applied }) => applied === length)).toHaveLength(1);
    expect(all.every(({ version }) => version === length)).toBe(true);
    expect(await migrate({ ...database, ...waiting })).toEqual({ applied: 0, version: length });
    await assertMigrated(database.url, waiting);
  });

  it('says whom it waits for, and in the end who it is that does not let it', async () => {
    const database = await fresh();
    const holder = new pg.Client(database.adminUrl);
    await holder.connect();
    await holder.query('select pg_advisory_lock(7319002511)');
    const { rows } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid');
    const { logger: log, lines } = recordingLogger('storage');
    const name = `backend ${rows[0]?.pid} of role ${userOf(database.adminUrl)} at 127.0.0.1`;
    await expect(migrate({ ...database, waitMs: 0, log, lockWaitMs: 100 })).rejects.toThrow(
      `${name}. Wait for it, or end it: "select pg_terminate_backend(${rows[0]?.pid})"`,
    );
    expect(lines).toMatchObject([{ level: 40, holder: name }]);
    await holder.end();
    expect(await migrate({ ...database, ...waiting })).toMatchObject({ applied: (await readMigrations()).length });
  });

  it('migrates several databases of one server at once', async () => {
    const databases = await Promise.all(Array.from({ length: 4 }, fresh));
    const all = await Promise.all(databases.map((database) => migrate({ ...database, ...waiting })));
    const { length } = await readMigrations();
    expect(all).toEqual(databases.map(() => ({ applied: length, version: length })));
    for (const { url } of databases) await assertMigrated(url, waiting);
  });

  it('goes on where an older version stopped, and leaves what a newer one did', async () => {
    const database = await fresh();
    const migrations = await readMigrations();
    const next = { version: migrations.length + 1, name: 'next', sql: 'create table storage.next ()', sha256: 'x' };
    const newer = await migrate({ ...database, ...waiting, migrations: [...migrations, next] });
    expect(newer.applied).toBe(migrations.length + 1);
    expect(await migrate({ ...database, ...waiting })).toEqual({ applied: 0, version: migrations.length + 1 });
    await assertMigrated(database.url, waiting);
  });

  it('needs no superuser: an owner who may make roles is enough, also for two databases at once', async () => {
    const own = await startTestServer();
    const { adminUrl } = own.postgres;
    try {
      for (const owner of ['first', 'second'])
        await queryAs(adminUrl, `create role ${owner} login createrole password 'x'`);
      const owned = async (username: string): Promise<TemporaryDatabase> => {
        const database = await makeTemporaryDatabase(adminUrl);
        const name = new URL(database.adminUrl).pathname.slice(1);
        await queryAs(adminUrl, `alter database ${name} owner to ${username}`);
        const url = Object.assign(new URL(database.adminUrl), { username, password: 'x' });
        return { ...database, adminUrl: url.href };
      };
      const databases = [await owned('first'), await owned('first')];
      const done = await Promise.all(databases.map((database) => migrate({ ...database, ...waiting })));
      expect(done.map(({ applied }) => applied > 0)).toEqual([true, true]);
      const other = await owned('second');
      const refused = 'role "exempla_keeper" was made by another owner on this server, and "second" may not act as it';
      await expect(migrate({ ...other, ...waiting })).rejects.toThrow(refused);
    } finally {
      await own.stop();
    }
  });

  it('undoes a file that fails, keeps those before it, and can go on once it is mended', async () => {
    const database = await fresh();
    const all = await readMigrations();
    const [first, second] = all;
    if (!first || !second) throw new Error('there are two migrations');
    const broken = { ...second, sql: `${second.sql}; select 1 / 0` };
    const failing = migrate({ ...database, ...waiting, migrations: [first, broken] });
    await expect(failing).rejects.toThrow('migration 2 (objects) failed: division by zero');
    const [row] = await queryAs<{ found: string | null }>(
      database.adminUrl,
      "select to_regclass('storage.objects') as found",
    );
    expect(row?.found).toBeNull();
    expect((await migrate({ ...database, ...waiting })).applied).toBe(all.length - 1);
  });

  it('that waits for a table lets others use it meanwhile, and takes it when it is free', async () => {
    const database = await fresh();
    await migrate({ ...database, ...waiting });
    const migrations = await readMigrations();
    const sql = 'alter table storage.definitions add column next text';
    const next = { version: migrations.length + 1, name: 'next', sql, sha256: 'x' };
    // As a backup does, or a query that takes long.
    const reader = new pg.Client({ connectionString: database.adminUrl });
    reader.on('error', () => {});
    await reader.connect();
    await reader.query('begin; select from storage.definitions');
    const migrating = migrate({ ...database, ...waiting, migrations: [...migrations, next] });
    migrating.catch(() => {});
    await eventually('it waits', async () => {
      const text = `select from pg_locks where relation = 'storage.definitions'::regclass and not granted`;
      return (await queryAs(database.adminUrl, text)).length === 1;
    });
    // Behind who waits for a table, everybody waits.
    expect(await queryAs(database.adminUrl, 'select from storage.definitions')).toEqual([]);
    await reader.end();
    expect((await migrating).applied).toBe(1);
  });

  it('refuses a file that was changed after it was applied', async () => {
    const database = await fresh();
    const migrations = await readMigrations();
    await migrate({ ...database, ...waiting });
    const changed = migrations.map((file) => ({ ...file, sha256: `${file.sha256}x` }));
    await expect(migrate({ ...database, ...waiting, migrations: changed })).rejects.toThrow(
      'migration 1 (definitions) was changed after it was applied',
    );
  });

  it('refuses files that are not numbered without gaps', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'exempla-migrations-'));
    for (const file of ['0001_a.sql', '0003_b.sql']) await writeFile(join(directory, file), '');
    await expect(readMigrations(pathToFileURL(`${directory}/`))).rejects.toThrow(
      'migrations/0003_b.sql is not number 2',
    );
    await rm(directory, { recursive: true });
  });

  it.each([
    ['the owner as the service', (d: TemporaryDatabase) => ({ ...d, url: d.adminUrl }), 'a role that owns nothing'],
    [
      'two databases',
      (d: TemporaryDatabase) => ({ ...d, url: d.url.replace(/[^/]+$/, 'other') }),
      'both must name the same',
    ],
    [
      'a service without a password',
      (d: TemporaryDatabase) => ({ ...d, url: d.url.replace(/:[^:@]+@/, '@') }),
      'needs both',
    ],
  ])('refuses %s', async (_, change, message) => {
    await expect(migrate({ ...change(await fresh()), ...waiting })).rejects.toThrow(message);
  });

  it('refuses a service that is a superuser', async () => {
    const database = await fresh();
    const role = userOf(database.url);
    await queryAs(database.adminUrl, `create role ${role} superuser login password 'x'`);
    await expect(migrate({ ...database, ...waiting })).rejects.toThrow('is a superuser');
  });
});

describe('a service without DATABASE_ADMIN_URL', () => {
  const options = (url: string) => ({
    databaseUrl: url,
    databaseAdminUrl: undefined,
    databaseWaitMs: 0,
    statementTimeoutMs: 10_000,
    poolMinSize: 2,
    poolMaxSize: 4,
    poolTimeoutMs: 1_000,
  });
  const COMMAND = 'npm run migrate -w @exempla/storage';

  it('starts on a database that is up to date', async () => {
    const database = await fresh();
    await migrate({ ...database, ...waiting });
    const pool = await openDatabase(options(database.url), silent);
    expect(pool.stats).toMatchObject({ open: 2, inUse: 0 });
    await pool.close();
  });

  it('refuses a database without the role, and says what to run', async () => {
    await expect(openDatabase(options((await fresh()).url), silent)).rejects.toThrow(COMMAND);
  });

  it('refuses a database without the schema, and says what to run', async () => {
    const database = await fresh();
    const role = userOf(database.url);
    await queryAs(database.adminUrl, `create role ${role} login password '${new URL(database.url).password}'`);
    await expect(openDatabase(options(database.url), silent)).rejects.toThrow(COMMAND);
  });

  it('refuses an older schema, and says which', async () => {
    const database = await fresh();
    await migrate({ ...database, ...waiting });
    await queryAs(database.adminUrl, 'delete from storage.migrations where version > 1');
    const { length } = await readMigrations();
    await expect(openDatabase(options(database.url), silent)).rejects.toThrow(
      `the database schema is at version 1, this service needs ${length}. Run "${COMMAND}"`,
    );
  });
});

describe('a database that is slow to come up', () => {
  it('is waited for, with a line for each try', async () => {
    const database = await fresh();
    const { port: realPort } = server.postgres;
    const { logger, lines } = recordingLogger('storage');
    const holder: Server = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as { port: number };
    await new Promise((resolve) => holder.close(resolve));
    const late = (url: string): string => url.replace(`:${realPort}/`, `:${port}/`);
    const urls = { adminUrl: late(database.adminUrl), url: late(database.url) };
    const migrating = migrate({ ...urls, waitMs: 10_000, log: logger });
    await eventually('it has tried', () => lines.some(({ msg }) => msg === 'waiting for the database'));
    const proxy = await forward(port, realPort);
    expect((await migrating).applied).toBe((await readMigrations()).length);
    proxy.close();
  });

  it('is given up in time, with the address and the cause', async () => {
    const adminUrl = 'postgresql://a:b@127.0.0.1:1/d';
    const failing = migrate({ adminUrl, url: 'postgresql://c:d@127.0.0.1:1/d', waitMs: 150, log: silent });
    await expect(failing).rejects.toThrow(/database at 127\.0\.0\.1:1 did not come up within 0\.15 s: .*ECONNREFUSED/);
  });
});

/** Lets a port of ours lead to the server. */
async function forward(port: number, to: number): Promise<Server> {
  const proxy = createServer((socket) => {
    const target = connect(to, '127.0.0.1');
    for (const end of [socket, target]) end.on('error', () => {});
    socket.pipe(target).pipe(socket);
  });
  await new Promise<void>((resolve) => proxy.listen(port, '127.0.0.1', resolve));
  return proxy;
}
