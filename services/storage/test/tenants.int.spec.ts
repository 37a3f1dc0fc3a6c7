import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callOf } from './calls.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';

let server: TestServer;
let database: TestDatabase;

const INSERT = "insert into storage.objects values ($1, 'p', sha256(''), 0, '', '')";
const COUNT = 'select count(*)::int as count from storage.objects';

beforeAll(async () => {
  server = await startTestServer();
  // One connection: every statement follows one of another tenant on it.
  database = await server.database({ maxSize: 1 });
  for (const tenant of ['a', 'b']) await database.pool.query(callOf(tenant), INSERT, [tenant]);
});
afterAll(() => server.stop());

describe('the tenant of a statement', () => {
  it('is set for a single statement, and for nothing after it', async () => {
    expect(await database.pool.query(callOf('a'), 'select tenant from storage.objects')).toEqual([{ tenant: 'a' }]);
    expect(await database.pool.withoutTenant(callOf(''), COUNT)).toEqual([{ count: 0 }]);
  });

  it('is set for a transaction, and for nothing after it', async () => {
    const seen = await database.pool.transaction(callOf('b'), (session) =>
      session.run('select tenant from storage.objects'),
    );
    expect(seen).toEqual([{ tenant: 'b' }]);
    expect(await database.pool.withoutTenant(callOf(''), COUNT)).toEqual([{ count: 0 }]);
  });

  it('is nobody when it is empty', async () => {
    expect(await database.pool.query(callOf(''), COUNT)).toEqual([{ count: 0 }]);
  });

  it('is text and never SQL', async () => {
    for (const tenant of ["a' or 'a' = 'a", "a\\'; --", '"', '$1']) {
      expect(await database.pool.query(callOf(tenant), COUNT)).toEqual([{ count: 0 }]);
      expect(await database.pool.transaction(callOf(tenant), (session) => session.run(COUNT))).toEqual([{ count: 0 }]);
    }
  });

  it('cannot write rows of another', async () => {
    const refused = 'row-level security policy for table "objects"';
    await expect(database.pool.query(callOf('a'), INSERT, ['c'])).rejects.toThrow(refused);
    await expect(
      database.pool.query(callOf('a'), "update storage.objects set tenant = 'b', path = 'q'"),
    ).rejects.toThrow(refused);
    expect(
      await database.pool.query(callOf('a'), "update storage.objects set path = 'x' where tenant = 'b' returning 1"),
    ).toEqual([]);
  });

  it('goes with a statement that fails, and the connection goes on', async () => {
    await expect(database.pool.query(callOf('a'), 'select 1 / 0')).rejects.toThrow('division by zero');
    expect(await database.pool.withoutTenant(callOf(''), COUNT)).toEqual([{ count: 0 }]);
    expect(await database.pool.query(callOf('a'), COUNT)).toEqual([{ count: 1 }]);
  });
});
