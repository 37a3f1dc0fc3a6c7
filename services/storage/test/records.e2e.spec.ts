import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChildStoreServiceDefinition } from '@exempla/contracts/storage/v1/child_store_service';
import { makeTemporaryDatabase } from '@exempla/launch';
import { createClient, type RpcClient } from '@exempla/rpc';
import { wireChild } from './child-errors.ts';
import { startTestServer, type TestServer } from './database.ts';
import { Programs } from './programs.ts';

const programs = new Programs();
let server: TestServer;
let directory: string;
/** One of each of two processes of the service. */
let clients: RpcClient<typeof ChildStoreServiceDefinition>[];

beforeAll(async () => {
  server = await startTestServer();
  directory = await mkdtemp(join(tmpdir(), 'exempla-storage-e2e-'));
  const { url, adminUrl } = await makeTemporaryDatabase(server.postgres.adminUrl);
  const env = { DATABASE_URL: url, DATABASE_ADMIN_URL: adminUrl, EXEMPLA_STORAGE_OBJECTS_DIR: directory };
  const channels = await Promise.all(
    [1, 2].map(() => programs.listening(programs.start('main', { ...env, DB_POOL_MAX_SIZE: '30' }))),
  );
  clients = channels.map((channel) => createClient(ChildStoreServiceDefinition, channel));
});
afterAll(async () => {
  await programs.stop();
  await server.stop();
  await rm(directory, { recursive: true });
});

describe('two processes', () => {
  it('make one child of 20 parallel creations, 20 times over (S3-53)', async () => {
    for (let round = 0; round < 20; round += 1) {
      const child = { ...wireChild, displayName: `Mila ${round}` };
      const create = (i: number) => clients[i % 2]!.createChild({ child: { ...child, interests: [`${i}`] } });
      const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => create(i)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    }
    const { children } = await clients[0]!.listChildren({ pageSize: 100 });
    expect(children).toHaveLength(20);
  });
});
