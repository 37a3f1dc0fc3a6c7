import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeTemporaryDatabase } from '@exempla/launch';
import { mostResidentWhile, residentBytes } from '@exempla/testing';
import { startTestServer, type TestServer } from './database.ts';
import { startStorage, type StorageProcess } from './storage-process.ts';

// How large the object is: `npm run e2e:big` takes 2 GiB.
const MIB = 1024 * 1024;
const SIZE = Number(process.env.BIG_OBJECT_MIB ?? 256) * MIB;
const SMALL = 48 * MIB;
const MAX_GROWTH = 64 * MIB;
const mib = (bytes: number): string => (bytes / MIB).toFixed(1);

let server: TestServer;
let directory: string;
let storage: StorageProcess;
beforeAll(async () => {
  server = await startTestServer();
  const { url, adminUrl } = await makeTemporaryDatabase(server.postgres.adminUrl);
  directory = await mkdtemp(join(tmpdir(), 'exempla-big-'));
  storage = await startStorage({
    DATABASE_URL: url,
    DATABASE_ADMIN_URL: adminUrl,
    EXEMPLA_STORAGE_OBJECTS_DIR: directory,
    EXEMPLA_STORAGE_MAX_OBJECT_BYTES: String(Math.max(SIZE, 2 ** 30)),
  });
}, 60_000);
afterAll(async () => {
  await storage.stop();
  await server.stop();
  await rm(directory, { recursive: true });
});

const name = 'objects/big';

async function upload(size: number): Promise<string> {
  const hash = createHash('sha256');
  async function* parts() {
    yield { part: { $case: 'header' as const, value: { name, sizeBytes: BigInt(size) } } };
    for (let sent = 0; sent < size; sent += MIB) {
      const value = randomBytes(Math.min(MIB, size - sent));
      hash.update(value);
      yield { part: { $case: 'chunk' as const, value } };
    }
  }
  const stored = await storage.objects.uploadObject(parts(), { timeoutMs: 300_000 });
  const sent = hash.digest('hex');
  expect([stored.sizeBytes, stored.sha256.toString('hex')]).toEqual([BigInt(size), sent]);
  return sent;
}

async function download(): Promise<string> {
  const hash = createHash('sha256');
  for await (const { part } of storage.objects.downloadObject({ name }, { timeoutMs: 300_000 })) {
    if (part?.$case === 'chunk') hash.update(part.value);
  }
  return hash.digest('hex');
}

/** How much memory the service took beyond `before` while `work` ran. */
async function growth<T>(
  before: number,
  work: () => Promise<T>,
): Promise<{ result: T; grown: number; seconds: number }> {
  const { pid } = storage.child;
  if (pid === undefined) throw new Error('the service has no process');
  const start = performance.now();
  const { result, most } = await mostResidentWhile([pid], work);
  return { result, grown: most[0]! - before, seconds: (performance.now() - start) / 1000 };
}

it('a large object comes back as it was, and the service holds none of it', async () => {
  // Buffers that were used stay until the collector comes, some 60 MB whatever passes: the most that a small object
  // takes is what a large one is compared with.
  const { pid = 0 } = storage.child;
  const idle = await residentBytes(pid);
  const small = await growth(idle, async () => {
    for (let round = 0; round < 3; round += 1) expect(await upload(SMALL)).toBe(await download());
  });
  const before = idle + small.grown;
  process.stdout.write(`RSS idle ${mib(idle)} MiB, at most ${mib(before)} MiB with ${mib(SMALL)} MiB up and down\n`);
  const up = await growth(before, () => upload(SIZE));
  const down = await growth(before, download);
  expect(down.result).toBe(up.result);
  for (const [way, { grown, seconds }] of Object.entries({ up, down })) {
    const rate = SIZE / MIB / seconds;
    process.stdout.write(
      `${SIZE / MIB} MiB ${way}: ${seconds.toFixed(1)} s, ${rate.toFixed(0)} MiB/s, RSS ${grown < 0 ? '' : '+'}${mib(grown)} MiB\n`,
    );
    expect(grown).toBeLessThanOrEqual(MAX_GROWTH);
  }
}, 900_000);
