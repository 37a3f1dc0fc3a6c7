import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeTemporaryDatabase, type TemporaryDatabase } from '@exempla/launch';
import { eventually } from '@exempla/testing';
import pg from 'pg';
import { DiskObjects } from '../src/adapters/disk-objects.ts';
import { migrate } from '../src/adapters/migrate.ts';
import { everything, fill } from './backup-fixtures.ts';
import { silent, startTestServer, type TestServer } from './database.ts';

let server: TestServer;
let database: TemporaryDatabase;
let directory: string;
let owner: pg.Client;

beforeAll(async () => {
  server = await startTestServer();
  directory = await mkdtemp(join(tmpdir(), 'exempla-commands-'));
  database = await makeTemporaryDatabase(server.postgres.adminUrl);
  await migrate({ ...database, waitMs: 0, log: silent });
  owner = new pg.Client(database.adminUrl);
  owner.on('error', () => {});
  await owner.connect();
  const disk = new DiskObjects(join(directory, 'objects'));
  await disk.prepare();
  await fill(owner, disk, 12);
});
afterAll(async () => {
  await owner.end();
  await server.stop();
  await rm(directory, { recursive: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
}

const environment = (target: TemporaryDatabase, objects: string): Record<string, string> => ({
  DATABASE_URL: target.url,
  DATABASE_ADMIN_URL: target.adminUrl,
  EXEMPLA_STORAGE_OBJECTS_DIR: join(directory, objects),
});

function start(name: string, args: string[], target = database, objects = 'objects'): Running {
  const path = fileURLToPath(new URL(`../dist/${name}.main.js`, import.meta.url));
  const env = { ...environment(target, objects), INIT_CWD: directory };
  const child = spawn(process.execPath, [path, ...args], { env });
  return { child, ended: endOf(child) };
}

function endOf(child: ChildProcess): Promise<Ended> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (data: Buffer) => (output.stdout += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (output.stderr += data.toString()));
  return once(child, 'close').then(([code]) => ({ code: code as number | null, ...output }));
}

const run = (...given: Parameters<typeof start>): Promise<Ended> => start(...given).ended;

describe('the commands', () => {
  it('back up, and restore into an empty database what was there', async () => {
    const taken = await run('backup', ['all.backup', '--verify']);
    expect(taken).toMatchObject({ code: 0 });
    expect(taken.stdout).toMatch(/all\.backup: .* rows of \d+ tables, 12 objects .*, restored and compared/);
    expect(taken.stderr).toContain('table definitions\n');
    const target = await makeTemporaryDatabase(server.postgres.adminUrl);
    const restored = await run('restore', ['all.backup', '--json'], target, 'restored');
    expect(restored).toMatchObject({ code: 0 });
    expect(JSON.parse(restored.stdout)).toMatchObject({ objects: 12, hasObjects: true });
    expect(await everything(target.adminUrl)).toEqual(await everything(database.adminUrl));
    expect(await hashesBelow('restored')).toEqual(await hashesBelow('objects'));
  });

  it('say what was wrong, with an exit code of its own for misuse', async () => {
    expect(await run('backup', ['--help'])).toMatchObject({ code: 0, stderr: '' });
    expect(await run('backup', [])).toMatchObject({ code: 2, stdout: '' });
    expect((await run('backup', ['x', '--verfy'])).stderr).toContain("Unknown option '--verfy'");
    const refused = await run('restore', ['all.backup', '--json']);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { reason: 'DATABASE_NOT_EMPTY' } });
    expect(refused.stderr).toMatch(/^comparing|restore: database ".*" is not empty/m);
  });

  it('check what is stored, with the exit code for scripts', async () => {
    expect(await run('check', [])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('nothing found: 12 bytes'),
    });
    const [lost] = (await hashesBelow('restored')).filter((name) => name.length > 3);
    await rm(join(directory, 'restored', 'bytes', lost!));
    const found = await run('check', ['--json'], database, 'restored');
    expect(found.code).toBe(1);
    expect(JSON.parse(found.stdout)).toMatchObject({ count: 1, findings: [{ kind: 'OBJECT_MISSING' }] });
  });

  it('are what docs/operations.md says, line by line', async () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const page = await readFile(join(root, 'docs/operations.md'), 'utf8');
    const lines = [...page.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block]) => block!.trim().split('\n'));
    expect(lines).toHaveLength(5);
    const target = await makeTemporaryDatabase(server.postgres.adminUrl);
    let [here, objects] = [database, 'objects'];
    for (const line of lines) {
      // From here on the variables name the new places.
      if (line.includes('restore') && !line.includes('--verify')) [here, objects] = [target, 'by-the-page'];
      const [command, ...args] = line.replace('exempla.backup', join(directory, 'page.backup')).split(' ');
      const done = await endOf(
        spawn(command!, args, { cwd: root, env: { ...process.env, ...environment(here, objects) } }),
      );
      expect({ line, ...done }).toMatchObject({ code: 0 });
    }
    expect(await everything(target.adminUrl)).toEqual(await everything(database.adminUrl));
  }, 60_000);

  it('leave nothing when they are interrupted', async () => {
    // Held where it wants to lock the tables.
    const holder = new pg.Client(database.adminUrl);
    await holder.connect();
    await holder.query('begin; lock table storage.definitions in access exclusive mode');
    const { child, ended } = start('backup', ['stopped.backup']);
    await eventually(
      'it waits',
      async () => {
        const { rowCount } = await owner.query(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`);
        return rowCount === 1;
      },
      30_000,
    );
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stdout: '' });
    await holder.end();
    expect((await readdir(directory)).filter((name) => name.includes('stopped'))).toEqual([]);
  });
});

const hashesBelow = async (objects: string): Promise<string[]> =>
  (await readdir(join(directory, objects, 'bytes'), { recursive: true })).sort();
