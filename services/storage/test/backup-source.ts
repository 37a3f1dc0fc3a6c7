import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { makeTemporaryDatabase, type TemporaryDatabase } from '@exempla/launch';
import pg from 'pg';
import { type Backup, type BackupOptions, takeBackup } from '../src/adapters/backup/take-backup.ts';
import { DiskObjects } from '../src/adapters/disk-objects.ts';
import { migrate } from '../src/adapters/migrate.ts';
import { fill, session } from './backup-fixtures.ts';
import { silent, startTestServer, type TestServer } from './database.ts';

export const waiting = { waitMs: 0, log: silent };
export const zstdCompress = promisify(zlib.zstdCompress);
export const zstdDecompress = promisify(zlib.zstdDecompress);

/** A server with a database and a directory of objects to take backups of. */
export interface BackupSource {
  readonly server: TestServer;
  readonly database: TemporaryDatabase;
  readonly owner: pg.Client;
  readonly directory: string;
  readonly disk: DiskObjects;
  /** Of all bytes on the disk. */
  readonly hashes: readonly string[];
  /** An empty database on the same server. */
  fresh(): Promise<TemporaryDatabase>;
  freshDisk(): Promise<DiskObjects>;
  /** A name that no file has. */
  file(): string;
  pathOf(sha256: string): string;
  backup(change?: Partial<BackupOptions>): Promise<Backup>;
  stop(): Promise<void>;
}

export async function startBackupSource(): Promise<BackupSource> {
  const server = await startTestServer();
  const directory = await mkdtemp(join(tmpdir(), 'exempla-backup-'));
  let names = 0;
  const fresh = (): Promise<TemporaryDatabase> => makeTemporaryDatabase(server.postgres.adminUrl);
  const database = await fresh();
  await migrate({ ...database, ...waiting });
  const owner = await connected(database.adminUrl);
  const disk = await diskAt(join(directory, 'objects'));
  const hashes = await fill(owner, disk, 12);
  const file = (): string => join(directory, `${(names += 1)}.backup`);
  return {
    ...{ server, database, owner, directory, disk, hashes, fresh, file },
    freshDisk: () => diskAt(join(directory, `objects-${(names += 1)}`)),
    pathOf: (sha256) => join(directory, 'objects', 'bytes', sha256.slice(0, 2), sha256.slice(2)),
    backup: (change = {}) =>
      takeBackup({
        ...session(),
        ...{ adminUrl: database.adminUrl, path: file(), bytes: disk, verify: false },
        ...change,
      }),
    stop: async () => {
      await owner.end();
      await server.stop();
      await rm(directory, { recursive: true });
    },
  };
}

async function diskAt(path: string): Promise<DiskObjects> {
  const disk = new DiskObjects(path);
  await disk.prepare();
  return disk;
}

export async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  return client;
}

export async function hashOf(bytes: DiskObjects, sha256: string): Promise<string> {
  const opened = await bytes.open(sha256);
  if (!opened) return 'missing';
  const hash = createHash('sha256');
  for (let chunk = await opened.next(); chunk; chunk = await opened.next()) hash.update(chunk);
  await opened.close();
  return hash.digest('hex');
}
