import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeTemporaryDatabase, type TemporaryDatabase, withDatabase } from '@exempla/launch';
import { eventually } from '@exempla/testing';
import pg from 'pg';
import { withOwner } from '../src/adapters/backup/owner-session.ts';
import { restoreArchive } from '../src/adapters/backup/restore-archive.ts';
import { restoreBackup } from '../src/adapters/backup/restore-backup.ts';
import { takeBackup } from '../src/adapters/backup/take-backup.ts';
import { DiskObjects } from '../src/adapters/disk-objects.ts';
import { applyWithin, assertMigrated, migrate } from '../src/adapters/migrate.ts';
import { readMigrations } from '../src/adapters/migration-files.ts';
import { holdRemovals } from '../src/adapters/bytes-removal.ts';
import { PostgresObjects } from '../src/adapters/postgres-objects.ts';
import { BytesCollector, type Suspicion } from '../src/objects/index.ts';
import { quiet } from '../src/adapters/backup/progress.ts';
import { append, everything, fill, fillOdd, ODD_TABLES, place, session, withOdd } from './backup-fixtures.ts';
import { silent, startTestServer, type TestServer } from './database.ts';

const zstdCompress = promisify(zlib.zstdCompress);
const zstdDecompress = promisify(zlib.zstdDecompress);

let server: TestServer;
let directory: string;
let source: TemporaryDatabase;
let owner: pg.Client;
let disk: DiskObjects;
let objects: string;
let hashes: string[];
let files = 0;

const waiting = { waitMs: 0, log: silent };
const fresh = (): Promise<TemporaryDatabase> => makeTemporaryDatabase(server.postgres.adminUrl);
const file = (): string => join(directory, `${(files += 1)}.backup`);
const partials = async (): Promise<string[]> => (await readdir(directory)).filter((name) => name.endsWith('.partial'));

async function freshDisk(at = join(directory, `objects-${(files += 1)}`)): Promise<DiskObjects> {
  const made = new DiskObjects(at);
  await made.prepare();
  return made;
}

const THREE = [Buffer.from('a'), Buffer.from('b'), Buffer.from('c')];

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}

const backup = (change: Partial<Parameters<typeof takeBackup>[0]> = {}) =>
  takeBackup({ ...session(), adminUrl: source.adminUrl, path: file(), bytes: disk, verify: false, ...change });

beforeAll(async () => {
  server = await startTestServer();
  directory = await mkdtemp(join(tmpdir(), 'exempla-backup-'));
  source = await fresh();
  await migrate({ ...source, ...waiting });
  owner = await connected(source.adminUrl);
  owner.on('error', () => {});
  objects = join(directory, 'objects');
  disk = await freshDisk(objects);
  hashes = await fill(owner, disk, 12);
});
afterAll(async () => {
  await owner.end();
  await server.stop();
  await rm(directory, { recursive: true });
});

describe('a backup', () => {
  it('restores every row, key and byte, and the service can start on it', async () => {
    const taken = await backup({ verify: true });
    expect(taken).toMatchObject({ verified: true, objects: new Set(hashes).size });
    expect((await stat(taken.path)).mode & 0o777).toBe(0o600);
    const [target, bytes] = [await fresh(), await freshDisk()];
    const restored = await restoreBackup({ ...session(), ...target, path: taken.path, bytes, keepBytes: false });
    expect(await everything(target.adminUrl)).toEqual(await everything(source.adminUrl));
    expect(restored.tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(taken.rows);
    for (const sha256 of hashes) expect(await hashOf(bytes, sha256)).toBe(sha256);
    await assertMigrated(target.url, waiting);
  });

  it('keeps every kind of value, name and key; triggers do not run twice; sequences go on', async () => {
    const [odd, target] = [await fresh(), await fresh()];
    const migrations = withOdd(await readMigrations());
    await migrate({ ...odd, ...waiting, migrations });
    await withOwner(odd.adminUrl, session(), fillOdd);
    const { path } = await backup({ adminUrl: odd.adminUrl, bytes: undefined });
    const restored = await withOwner(target.adminUrl, session(), async (client) => {
      const done = await restoreArchive(
        path,
        { client, bytes: undefined, progress: quiet, migrations },
        session().signal,
      );
      const { rows } = await client.query<{ next: string }>(`select nextval('storage.free_standing')::text as next`);
      expect(rows).toEqual([{ next: '42' }]);
      const triggers = await client.query(`select tgenabled from pg_trigger where tgname = 'marks'`);
      expect(triggers.rows).toEqual([{ tgenabled: 'O' }]);
      await client.query(`select setval('storage.free_standing', 41)`);
      return done;
    });
    expect(restored.hasObjects).toBe(false);
    expect(await everything(target.adminUrl)).toEqual(await everything(odd.adminUrl));
  });

  it('is of one moment while others write', async () => {
    const writer = await connected(source.adminUrl);
    let stopped = false;
    const writing = (async () => {
      // A definition and its two revisions in one transaction, and one that is taken away again.
      for (let n = 0; !stopped && n < 5_000; n += 1) {
        await writer.query(`begin;
          insert into storage.definitions select tenant, gen_random_uuid(), term, term_key, context, context_key, language,
            language_key, category, 'moving', assessment, state, sense, other_senses, sense_reason, examples, narration, etag,
            null, request_fingerprint from storage.definitions where text = 'plain' limit 1;
          insert into storage.definition_revisions (tenant, definition_id, number, text, note)
            select tenant, id, n, 'moving', '' from storage.definitions d, generate_series(1, 2) n where text = 'moving'
              and not exists (select 1 from storage.definition_revisions r where r.definition_id = d.id);
          commit`);
        if (n > 20)
          await writer.query(
            `delete from storage.definitions where id in (select id from storage.definitions where text = 'moving' limit 1)`,
          );
      }
    })();
    try {
      for (let round = 0; round < 2; round += 1) {
        const { path } = await backup({ bytes: undefined });
        const target = await fresh();
        await restoreBackup({ ...session(), ...target, path, bytes: await freshDisk(), keepBytes: false });
        const found = await withOwner(target.adminUrl, session(), (client) =>
          client.query<{ revisions: number }>(
            `select (select count(*)::int from storage.definition_revisions r where r.definition_id = d.id) as revisions
             from storage.definitions d where text = 'moving'`,
          ),
        );
        expect(found.rows.filter(({ revisions }) => revisions !== 2)).toEqual([]);
        await target.drop();
      }
    } finally {
      stopped = true;
      await writing;
      await owner.query(`delete from storage.definitions where text = 'moving'`);
      await writer.end();
    }
  });

  it('has no append in half, none before one it has, and positions go on above', async () => {
    const writers = await Promise.all([1, 2, 3].map(() => connected(source.adminUrl)));
    let stopped = false;
    const writing = writers.map(async (writer, n) => {
      for (let round = 0; !stopped && round < 20_000; round += 1) await append(writer, `busy/${n}`, THREE);
    });
    await eventually('they write', async () => {
      const { rowCount } = await owner.query(`select 1 from storage.events where stream like 'busy/%'`);
      return rowCount! > 30;
    });
    const { path } = await backup({ bytes: undefined });
    stopped = true;
    await Promise.all(writing);
    const target = await fresh();
    await restoreBackup({ ...session(), ...target, path, bytes: await freshDisk(), keepBytes: false });
    const client = await connected(target.adminUrl);
    const { rows } = await client.query<{ position: string; busy: number }>(
      `select max(position)::text as position, count(*) filter (where stream like 'busy/%')::int as busy from storage.events`,
    );
    const all = await owner.query('select 1 from storage.events where position <= $1', [rows[0]!.position]);
    expect(await client.query('select 1 from storage.events')).toMatchObject({ rowCount: all.rowCount });
    expect(rows[0]!.busy).toBeGreaterThan(30);
    expect(rows[0]!.busy % THREE.length).toBe(0);
    // Above what was appended, and seen, after the backup as well.
    const given = await owner.query<{ last: string }>('select max(position)::text as last from storage.events');
    expect(await append(client, 'busy/0', THREE)).toBeGreaterThan(BigInt(given.rows[0]!.last));
    await Promise.all([...writers, client].map((one) => one.end()));
  });

  it('is not made over a file, and leaves none when it is stopped', async () => {
    const { path } = await backup();
    await expect(backup({ path })).rejects.toThrow('is there already');
    const stop = new AbortController();
    const progress = { begin: () => {}, advance: () => stop.abort(new Error('stopped by hand')) };
    const stopped = file();
    await expect(backup({ path: stopped, signal: stop.signal, progress })).rejects.toThrow('stopped by hand');
    expect(await partials()).toEqual([]);
    await expect(stat(stopped)).rejects.toThrow('ENOENT');
    await eventually('the server has noticed', async () => {
      const { rowCount } = await owner.query(
        `select 1 from pg_stat_activity where query like 'copy%' and state = 'active' and datname = current_database()`,
      );
      return rowCount === 0;
    });
  });

  it('is refused to a role that may read every table and does not see every row', async () => {
    const role = `reader_${process.pid}`;
    await owner.query(`create role ${role} login password 'x'; grant usage on schema storage to ${role};
      grant select on all tables in schema storage to ${role}; grant select on all sequences in schema storage to ${role}`);
    const adminUrl = withDatabase(source.adminUrl, new URL(source.adminUrl).pathname.slice(1), { role, password: 'x' });
    await expect(backup({ adminUrl })).rejects.toThrow('would be affected by row-level security');
  });

  it('keeps the bytes of its moment: nobody removes any until it is done', async () => {
    const { pool, ...database } = await server.database();
    const postponed: string[] = [];
    const index = new PostgresObjects(pool);
    const onPostponed = ({ sha256 }: Suspicion): number => postponed.push(sha256);
    const collector = new BytesCollector({ index, bytes: disk, budgetMs: 5_000, onPostponed });
    const sha256 = await place(disk, Buffer.from('of a moment'));
    const call = { tenant: 't', signal: session().signal, deadline: { remainingMs: () => 5_000 } };
    const suspicion = await index.suspect(call, sha256);
    await withOwner(database.adminUrl, session(), async (client) => {
      await holdRemovals(client);
      // Those who append are not held up.
      const writer = await database.session();
      await writer.query(`set lock_timeout = '1s'`);
      await append(writer, 'meanwhile', [Buffer.from('x')]);
      await collector.collect(suspicion);
    });
    expect(postponed).toEqual([sha256]);
    expect(await hashOf(disk, sha256)).toBe(sha256);
    expect(await collector.sweep(0)).toBe(1);
    expect(await hashOf(disk, sha256)).toBe('missing');
  });

  it('names an object whose bytes are missing or damaged', async () => {
    const sha256 = hashes[7]!;
    const path = bytesPath(sha256);
    const kept = await readFile(path);
    const flipped = Buffer.from(kept);
    flipped[100]! ^= 1;
    await writeFile(path, flipped);
    await expect(backup()).rejects.toThrow(`are not what their hash says (sha256 ${sha256})`);
    await rm(path);
    await expect(backup()).rejects.toThrow(`are missing (sha256 ${sha256})`);
    await writeFile(path, kept);
    expect(await partials()).toEqual([]);
  });
});

describe('restoring', () => {
  const restoring = async (path: string, target: TemporaryDatabase) =>
    restoreBackup({ ...session(), ...target, path, bytes: await freshDisk(), keepBytes: false });

  // One for all refusals: each leaves it empty.
  let nothing: Promise<TemporaryDatabase>;
  beforeAll(() => void (nothing = fresh()));

  /** Refused, and the database is as empty as before. */
  async function expectRefused(path: string, message: string | RegExp): Promise<void> {
    const target = await nothing;
    await expect(restoring(path, target)).rejects.toThrow(message);
    expect(await everything(target.adminUrl)).toEqual({});
  }

  it('brings what an older version has stored to the present one', async () => {
    const [old, target] = [await fresh(), await fresh()];
    const migrations = await readMigrations();
    await withOwner(old.adminUrl, session(), async (client) => {
      await applyWithin(client, migrations.slice(0, 2));
      await client.query(`insert into storage.byte_suspicions (tenant, sha256) values ('t', sha256(''))`);
    });
    const { path } = await backup({ adminUrl: old.adminUrl, bytes: undefined });
    expect(await restoring(path, target)).toMatchObject({ schemaVersion: 2 });
    await assertMigrated(target.url, waiting);
    const [before, after] = [await everything(old.adminUrl), await everything(target.adminUrl)];
    expect(after).toMatchObject(before);
    expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
  });

  it('refuses a database that is not empty, and says what is there', async () => {
    const { path } = await backup({ bytes: undefined });
    const target = await fresh();
    await migrate({ ...target, ...waiting });
    await expect(restoring(path, target)).rejects.toThrow(
      /is not empty: it has storage\.\w+ \(\d+ rows\), .* \d+ more tables/,
    );
  });

  it('refuses a directory that has objects, unless told to keep them; leaves none when it fails', async () => {
    const { path } = await backup();
    const [target, bytes] = [await fresh(), await freshDisk()];
    const options = { ...session(), ...target, bytes };
    const kept = await place(bytes, Buffer.from('of another database'));
    await expect(restoreBackup({ ...options, path, keepBytes: false })).rejects.toThrow('say --keep-objects');
    expect(await hashOf(bytes, kept)).toBe(kept);
    const cut = file();
    const plain = await zstdDecompress(await readFile(path));
    await writeFile(cut, await zstdCompress(plain.subarray(0, plain.length - 100)));
    await bytes.remove(kept);
    await expect(restoreBackup({ ...options, path: cut, keepBytes: false })).rejects.toThrow(/too early|damaged/);
    for await (const left of bytes.placed()) expect(left).toBe('none');
    const again = await place(bytes, Buffer.from('of another database'));
    expect(await restoreBackup({ ...options, path, keepBytes: true })).toMatchObject({ objects: new Set(hashes).size });
    expect(await hashOf(bytes, again)).toBe(again);
  });

  it('refuses an archive that is cut, wherever', async () => {
    const { path } = await backup();
    const { size } = await stat(path);
    for (const length of [0, Math.floor(size / 2), size - 1]) {
      const cut = file();
      await writeFile(cut, await readFile(path));
      await truncate(cut, length);
      await expectRefused(cut, 'ends too early');
    }
  });

  it('refuses an archive without its end that was packed again', async () => {
    const { path } = await backup({ bytes: undefined });
    const plain = await zstdDecompress(await readFile(path));
    const cut = file();
    await writeFile(cut, await zstdCompress(plain.subarray(0, plain.lastIndexOf('{"tables"') - 5)));
    await expectRefused(cut, 'ends too early');
  });

  it.each([0.2, 0.8])('refuses a flipped byte, in the file and in what was packed, at %d of it', async (part) => {
    const { path } = await backup({ bytes: part > 0.5 ? disk : undefined });
    const whole = await readFile(path);
    const flipped = file();
    await writeFile(flipped, withFlipped(whole, Math.floor(part * whole.length)));
    await expectRefused(flipped, /is damaged/);
    const plain = await zstdDecompress(whole);
    const repacked = file();
    await writeFile(repacked, await zstdCompress(withFlipped(plain, Math.floor(part * plain.length))));
    await expectRefused(repacked, /is damaged|cannot be loaded|ends too early/);
  });

  it('names the table whose rows the server does not take', async () => {
    const { path } = await backup({ bytes: undefined });
    const plain = (await zstdDecompress(await readFile(path))).toString('latin1');
    const changed = file();
    await writeFile(changed, await zstdCompress(Buffer.from(plain.replace('\tDRAFT\t', '\tDRIFT\t'), 'latin1')));
    await expectRefused(changed, /the rows of table definitions cannot be loaded: .*violates check constraint/);
  });

  it('refuses an archive of which a letter was changed and that was packed again', async () => {
    const { path } = await backup({ bytes: undefined });
    const plain = (await zstdDecompress(await readFile(path))).toString('latin1');
    const changed = file();
    await writeFile(
      changed,
      await zstdCompress(Buffer.from(plain.replace('"createTime":"2', '"createTime":"3'), 'latin1')),
    );
    await expectRefused(changed, 'its sum is wrong');
  });

  it('keeps nothing of a table that does not become what it was', async () => {
    const [odd, target] = [await fresh(), await fresh()];
    const migrations = withOdd(await readMigrations());
    await migrate({ ...odd, ...waiting, migrations });
    await withOwner(odd.adminUrl, session(), fillOdd);
    const { path } = await backup({ adminUrl: odd.adminUrl, bytes: undefined });
    const changing = migrations.with(-1, {
      ...migrations.at(-1)!,
      sql: `${ODD_TABLES}; alter table storage.a_child enable always trigger marks`,
    });
    const restored = withOwner(target.adminUrl, session(), (client) =>
      restoreArchive(path, { client, bytes: undefined, progress: quiet, migrations: changing }, session().signal),
    );
    await expect(restored).rejects.toThrow('table a_child is not as in the archive');
    expect(await everything(target.adminUrl)).toEqual({});
  });

  it('refuses an archive of a newer service, of another schema, and what is no archive', async () => {
    const newer = await fresh();
    await migrate({ ...newer, ...waiting, migrations: withOdd(await readMigrations()) });
    await expectRefused(
      (await backup({ adminUrl: newer.adminUrl, bytes: undefined })).path,
      'restore with a newer one',
    );
    const other = await fresh();
    await migrate({ ...other, ...waiting });
    await withOwner(other.adminUrl, session(), (client) => client.query('create table storage.extra (n integer)'));
    await expectRefused((await backup({ adminUrl: other.adminUrl, bytes: undefined })).path, 'only there extra (n)');
    const text = file();
    await writeFile(text, 'hello, this is a text of some length');
    await expectRefused(text, 'it is no backup');
  });
});

function withFlipped(bytes: Buffer, at: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at]! ^= 1;
  return flipped;
}

const bytesPath = (sha256: string): string => join(objects, 'bytes', sha256.slice(0, 2), sha256.slice(2));

async function hashOf(bytes: DiskObjects, sha256: string): Promise<string> {
  const opened = await bytes.open(sha256);
  if (!opened) return 'missing';
  const hash = createHash('sha256');
  for (let chunk = await opened.next(); chunk; chunk = await opened.next()) hash.update(chunk);
  await opened.close();
  return hash.digest('hex');
}
