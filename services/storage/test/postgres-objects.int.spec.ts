import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DiskObjects } from '../src/adapters/disk-objects.ts';
import { PostgresObjects } from '../src/adapters/postgres-objects.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { filesBelow } from './files.ts';
import { objectStoreContract } from './object-store.contract.ts';
import type { ObjectStoreUnderTest } from './object-store-under-test.ts';

let server: TestServer;
let database: TestDatabase;
let directory: string;
let disk: DiskObjects;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exempla-objects-'));
  disk = new DiskObjects(directory);
  [server] = await Promise.all([startTestServer(), disk.prepare()]);
  database = await server.database();
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});

const pathOf = (sha256: string): string => join(directory, 'bytes', sha256.slice(0, 2), sha256.slice(2));

async function flip(path: string): Promise<void> {
  const content = await readFile(path);
  content.writeUInt8(content.readUInt8(1000) ^ 1, 1000);
  await writeFile(path, content);
}

const underTest = (): ObjectStoreUnderTest => ({
  index: new PostgresObjects(database.pool),
  bytes: disk,
  inventory: async () => ({
    placed: (await filesBelow(join(directory, 'bytes'))).map((path) => path.split('/').slice(-2).join('')).sort(),
    staged: (await filesBelow(join(directory, 'staging'))).length,
  }),
  damage: async (sha256, how) => {
    if (how === 'missing') await rm(pathOf(sha256));
    else if (how === 'truncated') await truncate(pathOf(sha256), 1234);
    else await flip(pathOf(sha256));
  },
});

describe('objects in PostgreSQL and on disk', () => {
  objectStoreContract(async () => underTest());

  it('leaves no connection lent and no file open', async () => {
    expect(database.pool.stats).toMatchObject({ inUse: 0, waiting: 0 });
    expect(disk.openFiles).toBe(0);
  });
});
