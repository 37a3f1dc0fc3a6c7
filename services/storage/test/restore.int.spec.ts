import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeTemporaryDatabase, type TemporaryDatabase, withDatabase } from '@exempla/launch';
import { withOwner } from '../src/adapters/backup/owner-session.ts';
import { quiet } from '../src/adapters/backup/progress.ts';
import { restoreArchive } from '../src/adapters/backup/restore-archive.ts';
import { restoreBackup } from '../src/adapters/backup/restore-backup.ts';
import { applyWithin, assertMigrated, migrate } from '../src/adapters/migrate.ts';
import { readMigrations } from '../src/adapters/migration-files.ts';
import { append, everything, fillOdd, ODD_TABLES, place, session, withOdd } from './backup-fixtures.ts';
import {
  type BackupSource,
  connected,
  hashOf,
  startBackupSource,
  waiting,
  zstdCompress,
  zstdDecompress,
} from './backup-source.ts';
import { startTestServer } from './database.ts';

let from: BackupSource;
beforeAll(async () => {
  from = await startBackupSource();
});
afterAll(() => from.stop());

describe('restoring', () => {
  const restoring = async (path: string, target: TemporaryDatabase) =>
    restoreBackup({ ...session(), ...target, path, bytes: await from.freshDisk(), keepBytes: false });

  // One for all refusals: each leaves it empty.
  let nothing: Promise<TemporaryDatabase>;
  beforeAll(() => void (nothing = from.fresh()));

  /** Refused, and the database is as empty as before. */
  async function expectRefused(path: string, message: string | RegExp): Promise<void> {
    const target = await nothing;
    await expect(restoring(path, target)).rejects.toThrow(message);
    expect(await everything(target.adminUrl)).toEqual({});
  }

  it('brings what an older version has stored to the present one', async () => {
    const [old, target] = [await from.fresh(), await from.fresh()];
    const migrations = await readMigrations();
    await withOwner(old.adminUrl, session(), async (client) => {
      await applyWithin(client, migrations.slice(0, 2));
      await client.query(`insert into storage.byte_suspicions (tenant, sha256) values ('t', sha256(''))`);
    });
    const { path } = await from.backup({ adminUrl: old.adminUrl, bytes: undefined });
    expect(await restoring(path, target)).toMatchObject({ schemaVersion: 2 });
    await assertMigrated(target.url, waiting);
    const [before, after] = [await everything(old.adminUrl), await everything(target.adminUrl)];
    expect(after).toMatchObject(before);
    expect(Object.keys(after).length).toBeGreaterThan(Object.keys(before).length);
  });

  it('needs no superuser: who owns the schema, and may make roles and databases, is enough', async () => {
    // Another server: on this one a superuser has made the roles of the schema.
    const server = await startTestServer();
    try {
      const admin = await connected(server.postgres.adminUrl);
      await admin.query(`create role plain login createrole createdb password 'x'`);
      const owned = async (): Promise<TemporaryDatabase> => {
        const database = await makeTemporaryDatabase(server.postgres.adminUrl);
        const name = new URL(database.adminUrl).pathname.slice(1);
        await admin.query(`alter database ${name} owner to plain`);
        return { ...database, adminUrl: withDatabase(database.adminUrl, name, { role: 'plain', password: 'x' }) };
      };
      const [source, target] = [await owned(), await owned()];
      await migrate({ ...source, ...waiting });
      const { path } = await from.backup({ adminUrl: source.adminUrl, bytes: undefined, verify: true });
      await restoring(path, target);
      expect(await everything(target.adminUrl)).toEqual(await everything(source.adminUrl));
      await admin.end();
    } finally {
      await server.stop();
    }
  });

  it('refuses a database that is not empty, and says what is there', async () => {
    const { path } = await from.backup({ bytes: undefined });
    const target = await from.fresh();
    await migrate({ ...target, ...waiting });
    await expect(restoring(path, target)).rejects.toThrow(
      /is not empty: it has storage\.\w+ \(\d+ rows\), .* \d+ more tables/,
    );
  });

  it('refuses a directory that has objects, unless told to keep them; leaves none when it fails', async () => {
    const { path } = await from.backup();
    const [target, bytes] = [await from.fresh(), await from.freshDisk()];
    const options = { ...session(), ...target, bytes };
    const kept = await place(bytes, Buffer.from('of another database'));
    await expect(restoreBackup({ ...options, path, keepBytes: false })).rejects.toThrow('say --keep-objects');
    expect(await hashOf(bytes, kept)).toBe(kept);
    const cut = from.file();
    const plain = await zstdDecompress(await readFile(path));
    await writeFile(cut, await zstdCompress(plain.subarray(0, plain.length - 100)));
    await bytes.remove(kept);
    await expect(restoreBackup({ ...options, path: cut, keepBytes: false })).rejects.toThrow(/too early|damaged/);
    for await (const left of bytes.placed()) expect(left).toBe('none');
    const again = await place(bytes, Buffer.from('of another database'));
    expect(await restoreBackup({ ...options, path, keepBytes: true })).toMatchObject({
      objects: new Set(from.hashes).size,
    });
    expect(await hashOf(bytes, again)).toBe(again);
  });

  it('gives no position that an earlier restore of the same backup has given', async () => {
    const { path } = await from.backup({ bytes: undefined });
    const appendToRestored = async (): Promise<bigint> => {
      const target = await from.fresh();
      await restoring(path, target);
      const client = await connected(target.adminUrl);
      const last = await append(client, 'after', [Buffer.from('a'), Buffer.from('b')]);
      await client.end();
      return last;
    };
    const before = await appendToRestored();
    expect(await appendToRestored()).toBeGreaterThan(before);
  });

  it('refuses an archive that is cut, wherever', async () => {
    const { path } = await from.backup();
    const { size } = await stat(path);
    for (const length of [0, Math.floor(size / 2), size - 1]) {
      const cut = from.file();
      await writeFile(cut, await readFile(path));
      await truncate(cut, length);
      await expectRefused(cut, 'ends too early');
    }
  });

  it('refuses an archive without its end that was packed again', async () => {
    const { path } = await from.backup({ bytes: undefined });
    const plain = await zstdDecompress(await readFile(path));
    const cut = from.file();
    await writeFile(cut, await zstdCompress(plain.subarray(0, plain.lastIndexOf('{"tables"') - 5)));
    await expectRefused(cut, 'ends too early');
  });

  it.each([0.2, 0.8])('refuses a flipped byte, in the file and in what was packed, at %d of it', async (part) => {
    const { path } = await from.backup({ bytes: part > 0.5 ? from.disk : undefined });
    const whole = await readFile(path);
    const flipped = from.file();
    await writeFile(flipped, withFlipped(whole, Math.floor(part * whole.length)));
    await expectRefused(flipped, CHANGED);
    const plain = await zstdDecompress(whole);
    const repacked = from.file();
    await writeFile(repacked, await zstdCompress(withFlipped(plain, Math.floor(part * plain.length))));
    await expectRefused(repacked, CHANGED);
  });

  it('refuses an archive of which a letter was changed and that was packed again', async () => {
    const { path } = await from.backup({ bytes: undefined });
    const plain = (await zstdDecompress(await readFile(path))).toString('latin1');
    const changed = from.file();
    await writeFile(
      changed,
      await zstdCompress(Buffer.from(plain.replace('"createTime":"2', '"createTime":"3'), 'latin1')),
    );
    await expectRefused(changed, 'its checksum is wrong');
  });

  it.each([
    [
      'becomes another',
      'alter table storage.a_child enable always trigger marks',
      'table a_child is not as in the archive',
    ],
    [
      'is not taken by the server',
      'alter table storage.parts add check (n < 5)',
      /rows of table parts cannot be loaded: .* check/,
    ],
  ])('keeps nothing when a table %s', async (_, change, message) => {
    const [odd, target] = [await from.fresh(), await from.fresh()];
    const migrations = withOdd(await readMigrations());
    await migrate({ ...odd, ...waiting, migrations });
    await withOwner(odd.adminUrl, session(), fillOdd);
    const { path } = await from.backup({ adminUrl: odd.adminUrl, bytes: undefined });
    const changing = migrations.with(-1, { ...migrations.at(-1)!, sql: `${ODD_TABLES}; ${change}` });
    const restored = withOwner(target.adminUrl, session(), (client) =>
      restoreArchive(path, { client, bytes: undefined, progress: quiet, migrations: changing }, session().signal),
    );
    await expect(restored).rejects.toThrow(message);
    expect(await everything(target.adminUrl)).toEqual({});
  });

  it('refuses an archive of a newer service, of another schema, and what is no archive', async () => {
    const newer = await from.fresh();
    await migrate({ ...newer, ...waiting, migrations: withOdd(await readMigrations()) });
    await expectRefused(
      (await from.backup({ adminUrl: newer.adminUrl, bytes: undefined })).path,
      'restore with a newer one',
    );
    const other = await from.fresh();
    await migrate({ ...other, ...waiting });
    await withOwner(other.adminUrl, session(), (client) => client.query('create table storage.extra (n integer)'));
    await expectRefused(
      (await from.backup({ adminUrl: other.adminUrl, bytes: undefined })).path,
      'only there extra (n)',
    );
    const text = from.file();
    await writeFile(text, 'hello, this is a text of some length');
    await expectRefused(text, 'it is no backup');
  });
});

/** By whoever meets it first: the packer's own sum comes at its end, the server may refuse a row before ours. */
const CHANGED = /is damaged|the rows of table \w+ cannot be loaded|ends too early/;

function withFlipped(bytes: Buffer, at: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at]! ^= 1;
  return flipped;
}
