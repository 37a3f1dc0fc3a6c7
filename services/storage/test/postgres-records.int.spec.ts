import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresRecords } from '../src/adapters/postgres-records.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { recordStoreContract } from './record-store.contract.ts';

let server: TestServer;
let database: TestDatabase;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
});
afterAll(() => server.stop());

describe('PostgresRecords (S3-16, S3-18, S3-52, S3-53, S3-114)', () => {
  recordStoreContract(async () => new PostgresRecords(database.pool));

  it('leaves no connection lent', () => {
    expect(database.pool.stats).toMatchObject({ inUse: 0, waiting: 0 });
  });
});
