import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestServer, type TestDatabase, type TestServer } from '../database.ts';
import { tenantTables } from './catalogue.ts';

let server: TestServer;
let database: TestDatabase;
beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
});
afterAll(() => server.stop());

describe('every table of tenants', () => {
  it('shows and takes rows of the own tenant only', async () => {
    const rows = await database.admin<{ name: string; sees: string; writes: string | null }>(
      `select format('%I.%I', schemaname, tablename) as name, qual as sees, with_check as writes
       from pg_policies where policyname = 'own_tenant' order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(await tenantTables(database));
    const own = '(tenant = storage.current_tenant())';
    expect(rows.filter(({ sees }) => sees !== own)).toEqual([]);
    // Events are written by a function of the one role that may.
    expect(rows.filter(({ writes }) => writes !== own).map(({ name }) => name)).toEqual(['storage.events']);
  });

  it('has another policy only for roles that nobody logs in as', async () => {
    const rows = await database.admin<{ role: string; may: boolean }>(
      `select distinct role, coalesce(rolcanlogin, true) as may
       from pg_policies, unnest(roles) as role left join pg_roles on rolname = role
       where policyname <> 'own_tenant'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ may }) => may)).toEqual([]);
  });

  it('says whose each row is, and never nobody', async () => {
    const rows = await database.admin(
      `select attrelid::regclass::text as name from pg_attribute
       join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p') and relnamespace = 'storage'::regnamespace
       where attname = 'tenant' and (not attnotnull or atthasdef or not exists (
         select from pg_constraint where conrelid = attrelid and contype = 'c'
           and pg_get_constraintdef(oid) = $$CHECK ((tenant <> ''::text))$$))`,
    );
    expect(rows).toEqual([]);
  });

  it('has keys that begin with the tenant: what is taken by one is free for another', async () => {
    const rows = await database.admin<{ name: string }>(
      `select indexrelid::regclass::text as name from pg_index
       join pg_attribute on attrelid = indrelid and attname = 'tenant'
       join pg_class on pg_class.oid = indrelid and relnamespace = 'storage'::regnamespace
       where indisunique and indkey[0] <> attnum`,
    );
    // Positions are handed out by the service: nobody can find out by choosing one whether it is taken.
    expect(rows.map(({ name }) => name)).toEqual(['storage.events_by_position']);
  });
});
