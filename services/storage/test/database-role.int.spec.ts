import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TemporaryDatabase } from '@exempla/launch';
import { scramVerifier } from '../src/adapters/database-role.ts';
import { migrate } from '../src/adapters/migrate.ts';
import { silent, startTestServer, type TestServer } from './database.ts';
import { freshDatabase, queryAs, userOf } from './fresh-database.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const waiting = { waitMs: 0, log: silent };

describe('a service role that could change the schema', () => {
  it.each([
    ['owns the schema', (role: string) => [`create schema storage authorization ${role}`]],
    ['owns the database', (role: string) => [`alter database ${role} owner to ${role}`]],
    ['is a member of the owner', (role: string) => [`grant exempla to ${role}`]],
    ['makes roles', (role: string) => [`alter role ${role} createrole`]],
  ])('is refused when it %s', async (_, statements) => {
    const database = await freshDatabase(server);
    const role = userOf(database.url);
    await queryAs(database.adminUrl, `create role ${role} login noinherit password 'x'`);
    for (const statement of statements(role)) await queryAs(database.adminUrl, statement);
    await expect(migrate({ ...database, ...waiting })).rejects.toThrow('Use another');
  });
});

describe('the role of the service', () => {
  let database: TemporaryDatabase;
  beforeAll(async () => {
    database = await freshDatabase(server);
    await migrate({ ...database, ...waiting });
  });

  it('owns nothing and has no power over the server', async () => {
    const [role] = await queryAs(
      database.adminUrl,
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
         (select count(*)::int from pg_class where relowner = pg_roles.oid) as tables,
         (select count(*)::int from pg_auth_members where member = pg_roles.oid) as memberships
       from pg_roles where rolname = $1`,
      [userOf(database.url)],
    );
    const no = {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
    };
    expect(role).toEqual({ ...no, tables: 0, memberships: 0 });
  });

  it.each([
    'drop table storage.objects',
    'alter table storage.objects add column x int',
    'create table storage.mine ()',
    'create table public.mine ()',
    'truncate storage.definitions',
    "update storage.page_token_key set secret = sha256('')",
    'delete from storage.migrations',
    "update storage.definition_revisions set text = ''",
    'create role other',
  ])('may not: %s', async (statement) => {
    await expect(queryAs(database.url, statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('gets the password that DATABASE_URL has now', async () => {
    const changed = database.url.replace(/:[^:@]+@/, ':n%C3%A9w-p%40ss@');
    await migrate({ ...database, url: changed, ...waiting });
    expect(await queryAs(changed, 'select 1 as one')).toEqual([{ one: 1 }]);
    await expect(queryAs(database.url, 'select 1')).rejects.toThrow('password authentication failed');
    await migrate({ ...database, ...waiting });
  });

  it('is made with a verifier as in RFC 7677', async () => {
    // The example of that RFC: user "user", password "pencil".
    const verifier = await scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
    expect(verifier).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });
});
