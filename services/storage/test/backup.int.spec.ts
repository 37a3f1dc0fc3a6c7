import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withDatabase } from '@exempla/launch';
import { eventually } from '@exempla/testing';
import { withOwner } from '../src/adapters/backup/owner-session.ts';
import { quiet } from '../src/adapters/backup/progress.ts';
import { restoreArchive } from '../src/adapters/backup/restore-archive.ts';
import { restoreBackup } from '../src/adapters/backup/restore-backup.ts';
import { holdRemovals } from '../src/adapters/bytes-removal.ts';
import { assertMigrated, migrate } from '../src/adapters/migrate.ts';
import { readMigrations } from '../src/adapters/migration-files.ts';
import { PostgresObjects } from '../src/adapters/postgres-objects.ts';
import { BytesCollector, type Suspicion } from '../src/objects/index.ts';
import { append, everything, fillOdd, place, session, withOdd } from './backup-fixtures.ts';
import { type BackupSource, connected, hashOf, startBackupSource, waiting } from './backup-source.ts';

let from: BackupSource;
beforeAll(async () => {
  from = await startBackupSource();
});
afterAll(() => from.stop());

const THREE = [Buffer.from('a'), Buffer.from('b'), Buffer.from('c')];
const partials = async (): Promise<string[]> =>
  (await readdir(from.directory)).filter((name) => name.endsWith('.partial'));

describe('a backup', () => {
  it('restores every row, key and byte, and the service can start on it', async () => {
    const taken = await from.backup({ verify: true });
    expect(taken).toMatchObject({ verified: true, objects: new Set(from.hashes).size });
    expect((await stat(taken.path)).mode & 0o777).toBe(0o600);
    const [target, bytes] = [await from.fresh(), await from.freshDisk()];
    const restored = await restoreBackup({ ...session(), ...target, path: taken.path, bytes, keepBytes: false });
    expect(await everything(target.adminUrl)).toEqual(await everything(from.database.adminUrl));
    expect(restored.tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(taken.rows);
    for (const sha256 of from.hashes) expect(await hashOf(bytes, sha256)).toBe(sha256);
    await assertMigrated(target.url, waiting);
  });

  it('keeps every kind of value, name and key; triggers do not run twice; sequences go on', async () => {
    const [odd, target] = [await from.fresh(), await from.fresh()];
    const migrations = withOdd(await readMigrations());
    await migrate({ ...odd, ...waiting, migrations });
    await withOwner(odd.adminUrl, session(), fillOdd);
    const { path } = await from.backup({ adminUrl: odd.adminUrl, bytes: undefined });
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
    const writer = await connected(from.database.adminUrl);
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
        const { path } = await from.backup({ bytes: undefined });
        const target = await from.fresh();
        await restoreBackup({ ...session(), ...target, path, bytes: await from.freshDisk(), keepBytes: false });
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
      await from.owner.query(`delete from storage.definitions where text = 'moving'`);
      await writer.end();
    }
  });

  it('has no append in half, none before one it has, and positions go on above', async () => {
    const writers = await Promise.all([1, 2, 3].map(() => connected(from.database.adminUrl)));
    let stopped = false;
    const writing = writers.map(async (writer, n) => {
      for (let round = 0; !stopped && round < 20_000; round += 1) await append(writer, `busy/${n}`, THREE);
    });
    await eventually('they write', async () => {
      const { rowCount } = await from.owner.query(`select 1 from storage.events where stream like 'busy/%'`);
      return rowCount! > 30;
    });
    const { path } = await from.backup({ bytes: undefined });
    stopped = true;
    await Promise.all(writing);
    const target = await from.fresh();
    await restoreBackup({ ...session(), ...target, path, bytes: await from.freshDisk(), keepBytes: false });
    const client = await connected(target.adminUrl);
    const { rows } = await client.query<{ position: string; busy: number }>(
      `select max(position)::text as position, count(*) filter (where stream like 'busy/%')::int as busy from storage.events`,
    );
    const all = await from.owner.query('select 1 from storage.events where position <= $1', [rows[0]!.position]);
    expect(await client.query('select 1 from storage.events')).toMatchObject({ rowCount: all.rowCount });
    expect(rows[0]!.busy).toBeGreaterThan(30);
    expect(rows[0]!.busy % THREE.length).toBe(0);
    // Above what was appended, and seen, after the backup as well.
    const given = await from.owner.query<{ last: string }>('select max(position)::text as last from storage.events');
    expect(await append(client, 'busy/0', THREE)).toBeGreaterThan(BigInt(given.rows[0]!.last));
    await Promise.all([...writers, client].map((one) => one.end()));
  });

  it('leaves alone what another process of the same id is writing, in another container', async () => {
    const path = from.file();
    const theirs = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
    await writeFile(theirs, 'x');
    await from.backup({ path, bytes: undefined });
    expect(await readFile(theirs, 'utf8')).toBe('x');
    await rm(theirs);
  });

  it('is not made over a file, and leaves none when it is stopped', async () => {
    const { path } = await from.backup();
    await expect(from.backup({ path })).rejects.toThrow('already exists');
    const stop = new AbortController();
    const progress = { begin: () => {}, advance: () => stop.abort(new Error('stopped by hand')) };
    const stopped = from.file();
    await expect(from.backup({ path: stopped, signal: stop.signal, progress })).rejects.toThrow('stopped by hand');
    expect(await partials()).toEqual([]);
    await expect(stat(stopped)).rejects.toThrow('ENOENT');
    await eventually('the server has noticed', async () => {
      const { rowCount } = await from.owner.query(
        `select 1 from pg_stat_activity where query like 'copy%' and state = 'active' and datname = current_database()`,
      );
      return rowCount === 0;
    });
  });

  it('is refused to a role that may read every table and does not see every row', async () => {
    const role = `reader_${process.pid}`;
    await from.owner.query(`create role ${role} login password 'x'; grant usage on schema storage to ${role};
      grant select on all tables in schema storage to ${role}; grant select on all sequences in schema storage to ${role}`);
    const adminUrl = withDatabase(from.database.adminUrl, new URL(from.database.adminUrl).pathname.slice(1), {
      role,
      password: 'x',
    });
    await expect(from.backup({ adminUrl })).rejects.toThrow('would be affected by row-level security');
  });

  it('keeps the bytes of its moment: nobody removes any until it is done', async () => {
    const { pool, ...database } = await from.server.database();
    const postponed: string[] = [];
    const index = new PostgresObjects(pool);
    const onPostponed = ({ sha256 }: Suspicion): number => postponed.push(sha256);
    const collector = new BytesCollector({ index, bytes: from.disk, budgetMs: 5_000, onPostponed });
    const sha256 = await place(from.disk, Buffer.from('of a moment'));
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
    expect(await hashOf(from.disk, sha256)).toBe(sha256);
    expect(await collector.sweep(0)).toBe(1);
    expect(await hashOf(from.disk, sha256)).toBe('missing');
  });

  it('names an object whose bytes are missing or damaged', async () => {
    const sha256 = from.hashes[7]!;
    const path = from.pathOf(sha256);
    const kept = await readFile(path);
    const flipped = Buffer.from(kept);
    flipped[100]! ^= 1;
    await writeFile(path, flipped);
    await expect(from.backup()).rejects.toThrow(`are not what their hash says (sha256 ${sha256})`);
    await rm(path);
    await expect(from.backup()).rejects.toThrow(`are missing (sha256 ${sha256})`);
    await writeFile(path, kept);
    expect(await partials()).toEqual([]);
  });
});
