import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { DiskObjects } from '../src/adapters/disk-objects.ts';
import { type CheckOptions, checkIntegrity } from '../src/adapters/integrity/check-integrity.ts';
import { everything, fill, place, session } from './backup-fixtures.ts';
import { startTestServer, type TestDatabase, type TestServer } from './database.ts';

let server: TestServer;
let database: TestDatabase;
let owner: pg.Client;
let directory: string;
let disk: DiskObjects;
let hashes: string[];
const mending: (() => Promise<unknown>)[] = [];

const check = (change: Partial<CheckOptions> = {}) =>
  checkIntegrity({
    ...session(),
    adminUrl: database.adminUrl,
    bytes: disk,
    ...change,
  });

const fileOf = (sha256: string): string => join(directory, 'bytes', sha256.slice(0, 2), sha256.slice(2));

beforeAll(async () => {
  server = await startTestServer();
  database = await server.database();
  owner = await database.session();
  directory = await mkdtemp(join(tmpdir(), 'exempla-integrity-'));
  disk = new DiskObjects(directory);
  await disk.prepare();
  hashes = await fill(owner, disk, 12);
});
afterEach(async () => {
  for (const mend of mending.splice(0).reverse()) await mend();
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});

/** Puts a change in and takes it out after the test. */
async function damage(change: string, mend: string): Promise<void> {
  await owner.query(change);
  mending.push(() => owner.query(mend));
}

async function damageFile(sha256: string, change: (path: string) => Promise<void>): Promise<void> {
  const kept = await readFile(fileOf(sha256));
  mending.push(() => writeFile(fileOf(sha256), kept));
  await change(fileOf(sha256));
}

describe('the check', () => {
  it('finds nothing where nothing is wrong, and changes nothing', async () => {
    const before = await everything(database.adminUrl);
    expect(await check()).toMatchObject({ count: 0, findings: [], bytesRead: 12, bytesStored: 12 });
    expect(await everything(database.adminUrl)).toEqual(before);
  });

  it('finds a flipped bit, bytes that are cut, and bytes that are gone', async () => {
    const [flipped, cut, gone] = hashes.slice(5);
    await damageFile(flipped!, async (path) => {
      const bytes = await readFile(path);
      bytes[bytes.length >> 1]! ^= 4;
      await writeFile(path, bytes);
    });
    await damageFile(cut!, (path) => truncate(path, 10));
    await damageFile(gone!, (path) => rm(path));
    const { findings } = await check();
    expect(findings.map(({ kind, name }) => `${kind} ${name.split('/')[2]}`).sort()).toEqual([
      'OBJECT_DAMAGED 5',
      'OBJECT_DAMAGED 6',
      'OBJECT_MISSING 7',
    ]);
    expect(findings.find(({ kind }) => kind === 'OBJECT_MISSING')).toMatchObject({ tenant: 'tenant-1' });
  });

  it('finds bytes without an object, but not those an upload has under way', async () => {
    const [orphan, underWay] = [await place(disk, randomBytes(100)), await place(disk, randomBytes(100))];
    mending.push(() => Promise.all([rm(fileOf(orphan)), rm(fileOf(underWay))]));
    await damage(
      `insert into storage.byte_suspicions (tenant, sha256) values ('t', '\\x${underWay}')`,
      'delete from storage.byte_suspicions',
    );
    expect((await check()).findings).toEqual([
      { kind: 'BYTES_ORPHANED', tenant: '', name: orphan, detail: 'no object has these bytes' },
    ]);
  });

  it('does not find an object that is deleted while it reads', async () => {
    const open = async (sha256: string) => {
      if (sha256 === hashes[9]) await owner.query(`delete from storage.objects where sha256 = '\\x${sha256}'`);
      return sha256 === hashes[9] ? undefined : disk.open(sha256);
    };
    await owner.query('create temp table kept as select * from storage.objects');
    mending.push(() => owner.query('insert into storage.objects select * from kept on conflict do nothing'));
    expect((await check({ bytes: { open, placed: () => disk.placed() } })).findings).toEqual([]);
  });

  const aside = (table: string, where: string): [string, string] => [
    `create temp table aside as select * from storage.${table} where ${where}; delete from storage.${table} where ${where}`,
    `insert into storage.${table} select * from aside; drop table aside`,
  ];

  it.each([
    ['definition_revisions', 'number = 1', 'REVISIONS_NOT_IN_ORDER', /^definitions\//],
    ['definition_revisions', 'number = 2', 'REVISIONS_NOT_IN_ORDER', /^definitions\//],
    ['story_revisions', 'number = 1', 'REVISIONS_NOT_IN_ORDER', /^stories\/.*\/revisions$/],
    ['generations', 'number = 1', 'REVISIONS_NOT_IN_ORDER', /^stories\/.*\/generations$/],
    ['events', "stream = 'streams/2' and revision = 4", 'EVENTS_NOT_IN_ORDER', /^streams\/streams\/2$/],
    ['events', "stream = 'streams/2' and revision = 1", 'EVENTS_NOT_IN_ORDER', /^streams\/streams\/2$/],
  ])('finds what is missing among %s where %s', async (table, where, kind, name) => {
    await damage(...aside(table, where));
    const { count, findings } = await check();
    expect(count).toBeGreaterThan(0);
    for (const finding of findings) expect(finding).toMatchObject({ kind, name: expect.stringMatching(name) });
  });

  it('finds events whose positions are out of order', async () => {
    const swap = `update storage.events set position = -position where stream = 'streams/1' and revision = 3`;
    await damage(swap, swap);
    expect((await check()).findings).toEqual([
      expect.objectContaining({ kind: 'EVENTS_NOT_IN_ORDER', name: 'streams/streams/1' }),
    ]);
  });

  it('finds positions that would be given out again', async () => {
    const [last] = await database.admin<{ last: string }>(
      'select last_value::text as last from storage.event_position',
    );
    await damage(
      `select setval('storage.event_position', 5)`,
      `select setval('storage.event_position', ${last!.last})`,
    );
    expect((await check()).findings).toEqual([expect.objectContaining({ kind: 'POSITIONS_BEHIND' })]);
  });

  it('finds a constraint that was never checked', async () => {
    await damage(
      'alter table storage.objects add constraint small check (size_bytes < 10) not valid',
      'alter table storage.objects drop constraint small',
    );
    expect((await check()).findings).toEqual([expect.objectContaining({ kind: 'NOT_VALID', name: 'small' })]);
  });

  it('counts all findings and keeps the first thousand', async () => {
    await damage(
      `insert into storage.objects (tenant, path, sha256, size_bytes, content_type, etag)
       select 'many', 'm' || n, sha256(n::text::bytea), 1, '', '' from generate_series(1, 1200) n`,
      `delete from storage.objects where tenant = 'many'`,
    );
    const { count, findings } = await check();
    expect([count, findings.length]).toEqual([1200, 1000]);
  });
});
