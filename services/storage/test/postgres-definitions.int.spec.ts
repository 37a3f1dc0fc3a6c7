import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresDefinitions } from '../src/adapters/postgres-definitions.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { definitionStoreContract } from './definition-store.contract.ts';

let server: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
});
afterAll(() => server.stop());

describe('PostgresDefinitions', () => {
  definitionStoreContract(async () => new PostgresDefinitions(database.pool));

  it('leaves no connection lent', () => {
    expect(database.pool.stats).toMatchObject({ inUse: 0, waiting: 0 });
  });

  it('puts the tenant first in every key', async () => {
    const keys = await database.admin<{ name: string; first: string }>(
      `select c.relname as name, a.attname as first
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
       where n.nspname = 'storage' and i.indisunique and c.relname !~ '^(migrations|page_token_key|events_by_position$)'`,
    );
    expect(keys.length).toBeGreaterThanOrEqual(5);
    expect(keys.filter(({ first }) => first !== 'tenant')).toEqual([]);
  });

  it('takes no row without a tenant', async () => {
    const insert = "insert into storage.objects values ($1, 'p', sha256(''), 0, '', '')";
    await expect(database.admin(insert, [''])).rejects.toThrow('objects_tenant_check');
    await expect(database.admin(insert, [null])).rejects.toThrow('not-null');
  });
});
