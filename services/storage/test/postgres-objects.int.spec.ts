import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, gate, recordingLogger } from '@exempla/testing';
import { DiskObjects } from '../src/adapters/disk-objects.ts';
import { warnOfEmptyDirectory } from '../src/adapters/objects-directory-check.ts';
import { PostgresObjects } from '../src/adapters/postgres-objects.ts';
import type { StagedBytes } from '../src/objects/index.ts';
import { callOf } from './calls.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';
import { filesBelow } from './files.ts';
import { objectRangesContract } from './object-ranges.contract.ts';
import { objectRefusalsContract } from './object-refusals.contract.ts';
import { objectStoreContract } from './object-store.contract.ts';
import { someBytes, useCasesOf } from './object-use-cases.ts';
import { objectUploadsContract } from './object-uploads.contract.ts';
import { FLIPPED_BYTE, type ObjectStoreUnderTest } from './object-store-under-test.ts';

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
  content.writeUInt8(content.readUInt8(FLIPPED_BYTE) ^ 1, FLIPPED_BYTE);
  await writeFile(path, content);
}

const underTest = (): ObjectStoreUnderTest => ({
  index: new PostgresObjects(database.pool),
  bytes: disk,
  inventory: async () => ({
    placed: (await filesBelow(join(directory, 'bytes'))).map((path) => path.split('/').slice(-2).join('')).sort(),
    staged: (await filesBelow(join(directory, 'staging'))).length,
    parts: (await filesBelow(join(directory, 'parts'))).map((path) => basename(path)),
  }),
  forgetChecks: async (call, path) => {
    await database.admin('update storage.objects set block_checks = null where tenant = $1 and path = $2', [
      call.tenant,
      path,
    ]);
  },
  damage: async (sha256, how) => {
    if (how === 'missing') await rm(pathOf(sha256));
    else if (how === 'truncated') await truncate(pathOf(sha256), 1234);
    else await flip(pathOf(sha256));
  },
});

describe('objects in PostgreSQL and on disk', () => {
  objectStoreContract(async () => underTest());
  objectRefusalsContract(async () => underTest());
  objectRangesContract(async () => underTest());
  objectUploadsContract(async () => underTest());

  it('does not place bytes while the same bytes are being removed', async () => {
    const index = new PostgresObjects(database.pool);
    const [leaver, newcomer] = [callOf('leaver'), callOf('newcomer')];
    const stage = async (): Promise<{ staged: StagedBytes; sha256: string }> => {
      const staged = await disk.stage();
      await staged.write(Buffer.from('bytes of two'));
      return { staged, sha256: await staged.seal() };
    };
    const [first, second] = [await stage(), await stage()];
    const { sha256 } = first;
    const blockChecks = Buffer.alloc(4);
    const object = { path: 'a', contentType: 'a/b', sizeBytes: 12n, sha256, etag: 'e', blockChecks };
    const events: string[] = [];
    const put = async (call: typeof leaver, { staged }: typeof first): Promise<unknown> =>
      index.put(call, object, await index.suspect(call, sha256), {
        allow: () => {},
        place: async () => {
          await staged.place();
          events.push('placed');
        },
      });
    await put(leaver, first);
    const suspicion = await index.remove(leaver, 'a', () => {});
    if (suspicion === undefined) throw new Error('the object was there');
    const [dropping, mayDrop] = [gate(), gate()];
    const settling = index.settle(leaver, suspicion, async () => {
      dropping.open();
      await mayDrop.promise;
      await disk.remove(sha256);
      events.push('dropped');
    });
    await dropping.promise;
    const putting = put(newcomer, second);
    const waiters = () => database.admin("select 1 from pg_locks where locktype = 'advisory' and not granted");
    await eventually('it waits, or went ahead', async () => events.length === 2 || (await waiters()).length > 0);
    mayDrop.open();
    await Promise.all([settling, putting]);
    expect(events).toEqual(['placed', 'dropped', 'placed']);
    const open = await disk.open(sha256);
    expect((await open?.next())?.toString()).toBe('bytes of two');
    await open?.close();
  });

  it('does not take checksums that a replica of the version before left behind for those of its bytes', async () => {
    const cases = useCasesOf(underTest());
    const call = cases.tenant();
    const bytes = someBytes(200_000);
    await cases.upload(call, someBytes(200_000));
    await cases.upload(call, bytes, { path: 'other' });
    await database.admin(
      `update storage.objects set sha256 = $2, etag = 'before', size_bytes = 200000 where tenant = $1 and path = 'a/b.wav'`,
      [call.tenant, createHash('sha256').update(bytes).digest()],
    );
    expect((await cases.download(call)).equals(bytes)).toBe(true);
    expect((await cases.download(call, { offset: 99_999n, length: 3n })).equals(bytes.subarray(99_999, 100_002))).toBe(
      true,
    );
  });

  it('are missed at start when their directory is new', async () => {
    const own = await server.database();
    const volume = new DiskObjects(await mkdtemp(join(tmpdir(), 'exempla-volume-')));
    await volume.prepare();
    const { logger: log, lines } = recordingLogger('storage');
    const look = () => warnOfEmptyDirectory(volume, own.pool, { statementTimeoutMs: 5_000, log });
    await look();
    expect(lines).toEqual([]);
    await useCasesOf({ ...underTest(), index: new PostgresObjects(own.pool) }).upload(callOf('t'), someBytes(10));
    await look();
    expect(lines).toMatchObject([{ level: 50, directory: volume.directory }]);
    await volume.areOf('it is ours');
    await look();
    expect(lines).toHaveLength(1);
    await rm(volume.directory, { recursive: true });
  });

  it('leaves no connection lent and no file open', async () => {
    expect(database.pool.stats).toMatchObject({ inUse: 0, waiting: 0 });
    expect(disk.openFiles).toBe(0);
  });
});
