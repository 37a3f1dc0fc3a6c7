import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { makeTemporaryDatabase, type TemporaryDatabase } from '@exempla/launch';
import { eventually, seeded } from '@exempla/testing';
import pg from 'pg';
import { startTestServer, type TestServer } from './database.ts';
import { filesBelow } from './files.ts';
import { startStorage, type StorageProcess } from './storage-process.ts';

const KILLS = Number(process.env.FAULTS_KILLS ?? 15);
const SEED = Number(process.env.FAULTS_SEED ?? 20_261_121);
const NAMES = ['objects/a', 'objects/b/1', 'objects/b/2', 'objects/c'];
const CHUNK = 50_000;

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

interface Begun {
  readonly upload: string;
  readonly name: string;
  readonly bytes: Buffer;
}

let server: TestServer;
let database: TemporaryDatabase;
let directory: string;
let storage: StorageProcess;
let owner: pg.Client;
beforeAll(async () => {
  server = await startTestServer();
  database = await makeTemporaryDatabase(server.postgres.adminUrl);
  directory = await mkdtemp(join(tmpdir(), 'exempla-kills-'));
  owner = new pg.Client({ connectionString: database.adminUrl });
  await owner.connect();
  // The first one migrates.
  await start();
}, 60_000);
afterEach(() => storage.stop());
afterAll(async () => {
  await owner.end();
  await server.stop();
  await rm(directory, { recursive: true });
});

const start = async (): Promise<void> => {
  storage = await startStorage({
    DATABASE_URL: database.url,
    DATABASE_ADMIN_URL: database.adminUrl,
    EXEMPLA_STORAGE_OBJECTS_DIR: directory,
    DB_POOL_MIN_SIZE: '1',
  });
};

/** `received` bytes arrived before. Rejects when the process dies. */
function send({ name, bytes, upload }: Begun, received = 0): Promise<{ etag: string }> {
  async function* parts() {
    const goesOn = upload === '' ? {} : { upload: `uploads/${upload}`, offset: BigInt(received) };
    yield { part: { $case: 'header' as const, value: { name, sizeBytes: BigInt(bytes.length), ...goesOn } } };
    for (let at = received; at < bytes.length; at += CHUNK)
      yield { part: { $case: 'chunk' as const, value: bytes.subarray(at, at + CHUNK) } };
  }
  return storage.objects.uploadObject(parts(), { timeoutMs: 60_000 });
}

async function download(name: string): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const { part } of storage.objects.downloadObject({ name }))
      if (part?.$case === 'chunk') chunks.push(part.value);
  } catch (error) {
    if ((error as { reason?: string }).reason === 'OBJECT_NOT_FOUND') return undefined;
    throw error;
  }
  return Buffer.concat(chunks);
}

/** What was sent in whole under a name, in the order it was begun; and what of it was acknowledged. */
class Ledger {
  readonly #sent = new Map<string, { sha256: string; isStored: boolean }[]>();

  begin(name: string, bytes: Uint8Array): () => void {
    const entry = { sha256: sha256Of(bytes), isStored: false };
    this.#sent.set(name, [...(this.#sent.get(name) ?? []), entry]);
    return () => (entry.isStored = true);
  }

  /** One of those sent, and only nothing when nothing was acknowledged. */
  allows(name: string, found: Buffer | undefined): boolean {
    const sent = this.#sent.get(name) ?? [];
    if (found === undefined) return !sent.some(({ isStored }) => isStored);
    const sha256 = sha256Of(found);
    return sent.some((one) => one.sha256 === sha256);
  }
}

it('a process that is killed at any moment leaves no part of an object, and the next one removes the rest', async () => {
  const random = seeded(SEED);
  const below = (limit: number): number => Math.floor(random() * limit);
  const ledger = new Ledger();
  const begun: Begun[] = [];
  let [acknowledged, left] = [0, 0];
  for (let kill = 0; kill < KILLS; kill += 1) {
    if (kill > 0) await start();
    for (const name of NAMES) expect([name, ledger.allows(name, await download(name))]).toEqual([name, true]);
    const sending = NAMES.map(async (name) => {
      const one = { name, upload: below(2) === 0 ? randomUUID() : '', bytes: randomBytes(1 + below(6_000_000)) };
      const wasStored = ledger.begin(name, one.bytes);
      if (one.upload !== '') begun.push(one);
      await send(one);
      wasStored();
      acknowledged += 1;
    });
    const ended = Promise.allSettled(sending);
    await new Promise((resolve) => setTimeout(resolve, below(400)));
    await storage.stop('SIGKILL');
    await ended;
    left += (await strays()).length;
  }
  await start();
  for (const name of NAMES) expect([name, ledger.allows(name, await download(name))]).toEqual([name, true]);
  const continued = await goOn(begun);
  await storage.stop('SIGKILL');
  await start();
  await eventually(
    'nothing is on disk that the index does not know',
    async () => (await strays()).length === 0,
    30_000,
  );
  expect(await missing()).toEqual([]);
  process.stdout.write(
    `${KILLS} kills (seed ${SEED}): ${acknowledged} uploads were done, ${continued} of ${begun.length} others went on, ` +
      `0 objects in part; ${left} files were left that belonged to nothing, and all removed\n`,
  );
}, 1_800_000);

/** Every upload the service still knows becomes its object; says how many. */
async function goOn(begun: readonly Begun[]): Promise<number> {
  let continued = 0;
  for (const one of begun) {
    const name = `uploads/${one.upload}`;
    const known = await storage.objects.getUpload({ name }).catch((error: { reason?: string }) => error);
    if (!('receivedBytes' in known)) {
      expect(known.reason).toBe('UPLOAD_NOT_FOUND');
      continue;
    }
    if (known.etag !== '') continue;
    expect(Number(known.receivedBytes)).toBeLessThanOrEqual(one.bytes.length);
    // Its writer died; that is known when its lease is over.
    const free = async (): Promise<boolean> => {
      const sent = await send(one, Number(known.receivedBytes)).catch((error: { reason?: string }) => error);
      if ('reason' in sent) expect(sent.reason).toBe('UPLOAD_BUSY');
      return 'etag' in sent;
    };
    await eventually('the upload goes on', free, 30_000);
    expect((await download(one.name))?.equals(one.bytes)).toBe(true);
    continued += 1;
  }
  return continued;
}

/** Files that no row of the index knows. */
async function strays(): Promise<string[]> {
  const known = async (sql: string): Promise<Set<string>> =>
    new Set((await owner.query<{ id: string }>(sql)).rows.map(({ id }) => id));
  const below = async (part: string): Promise<string[]> => await filesBelow(join(directory, part));
  const [placed, parts, staged] = [await below('bytes'), await below('parts'), await below('staging')];
  const hashes = await known("select encode(sha256, 'hex') as id from storage.objects");
  const ids = await known('select unnest(part_ids)::text as id from storage.uploads');
  return [
    ...placed.filter((path) => !hashes.has(path.split('/').slice(-2).join(''))),
    ...parts.filter((path) => !ids.has(basename(path))),
    ...staged,
  ];
}

/** And the other way round: what the index knows is there. */
async function missing(): Promise<string[]> {
  const { rows } = await owner.query<{ id: string }>("select encode(sha256, 'hex') as id from storage.objects");
  const placed = (await filesBelow(join(directory, 'bytes'))).map((path) => path.split('/').slice(-2).join(''));
  return rows.map(({ id }) => id).filter((id) => !placed.includes(id));
}
