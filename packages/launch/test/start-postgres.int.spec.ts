import { chown, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { removePostgresData, startPostgres } from '@exempla/launch';
import { allGone, holdPostgres, holdsWithin, isRoot, query, temporaryDirectory, uidOf } from './support.ts';

const exists = (path: string): Promise<boolean> => stat(path).then(Boolean, () => false);

describe('startPostgres with temporary data', () => {
  it('serves a superuser with 200 connections on loopback, and leaves nothing', async () => {
    const server = await startPostgres();
    const rows = await query<{ name: string; setting: string }>(
      server.adminUrl,
      `select name, setting from pg_settings where name in ('max_connections', 'listen_addresses', 'password_encryption')`,
    );
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      max_connections: '200',
      listen_addresses: '127.0.0.1',
      password_encryption: 'scram-sha-256',
    });
    expect((await stat(server.dataDir)).mode & 0o777).toBe(0o700);
    await server.stop();
    expect(await allGone([server.pid])).toBe(true);
    expect(await exists(server.dataDir)).toBe(false);
  });

  it('refuses another password', async () => {
    await using server = await startPostgres();
    const url = new URL(server.adminUrl);
    url.password = 'guess';
    await expect(query(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('runs twice at once', async () => {
    await using one = await startPostgres();
    await using two = await startPostgres();
    expect(one.port).not.toBe(two.port);
    expect(one.pid).not.toBe(two.pid);
    await expect(query(two.adminUrl, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });

  (isRoot ? it : it.skip)('as root runs as another user', async () => {
    await using server = await startPostgres();
    expect(await uidOf(server.pid)).not.toBe(0);
  });

  it('listens on a unix socket alone when given a directory', async () => {
    await using directory = await temporaryDirectory(0o777);
    await using server = await startPostgres({ socketDir: directory.path });
    await expect(query(server.adminUrl, 'show listen_addresses')).resolves.toEqual([{ listen_addresses: '' }]);
    expect(await exists(join(directory.path, '.s.PGSQL.5432'))).toBe(true);
  });
});

describe('startPostgres with data that stays', () => {
  it('finds its data again, flushed to disk', async () => {
    await using directory = await temporaryDirectory(0o755);
    const dataDir = join(directory.path, 'data');
    {
      await using server = await startPostgres({ dataDir });
      await query(server.adminUrl, 'create table kept as select 7 as seven');
    }
    await using server = await startPostgres({ dataDir });
    await expect(query(server.adminUrl, 'select seven from kept')).resolves.toEqual([{ seven: 7 }]);
    await expect(query(server.adminUrl, 'show fsync')).resolves.toEqual([{ fsync: 'on' }]);
    expect(server.adopted).toBe(false);
  });

  it('refuses a second launcher and names the first', async () => {
    await using directory = await temporaryDirectory(0o755);
    const dataDir = join(directory.path, 'data');
    await using first = await startPostgres({ dataDir });
    await expect(startPostgres({ dataDir })).rejects.toMatchObject({
      reason: 'DATA_IN_USE',
      message: expect.stringContaining(String(process.pid)),
    });
    await expect(query(first.adminUrl, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });

  it('removes a postmaster.pid of a dead or foreign process', async () => {
    await using directory = await temporaryDirectory(0o755);
    const dataDir = join(directory.path, 'data');
    await (await startPostgres({ dataDir })).stop();
    // The pid of this test: alive, and no postmaster.
    await writeFile(join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n`);
    await using server = await startPostgres({ dataDir });
    expect(server.adopted).toBe(false);
    await expect(query(server.adminUrl, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });

  it('needs no TLS although the environment asks for it elsewhere', async () => {
    const before = process.env['PGSSLMODE'];
    process.env['PGSSLMODE'] = 'require';
    try {
      await using server = await startPostgres();
      await expect(query(server.adminUrl, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
    } finally {
      if (before === undefined) delete process.env['PGSSLMODE'];
      else process.env['PGSSLMODE'] = before;
    }
  });

  (isRoot ? it : it.skip)('as a user removes a postmaster.pid that names a process of somebody else', async () => {
    await using directory = await temporaryDirectory(0o777);
    const account = { uid: 65_534, gid: 65_534 };
    const dataDir = join(directory.path, 'data');
    const end = async ({ child, held }: Awaited<ReturnType<typeof holdPostgres>>): Promise<void> => {
      child.kill('SIGKILL');
      expect(await holdsWithin(5000, () => allGone([held.postmaster, held.watchdog, held.deaf]))).toBe(true);
    };
    await end(await holdPostgres([dataDir], account));
    // The pid of this test, which is root's: alive, and its working directory is hidden from the account.
    const file = join(dataDir, 'cluster', 'postmaster.pid');
    await writeFile(file, `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n`);
    await chown(file, account.uid, account.gid);
    const again = await holdPostgres([dataDir], account);
    expect(again.held.postmaster).not.toBe(process.pid);
    await end(again);
  });

  it('refuses data of another major, with the commands', async () => {
    await using directory = await temporaryDirectory(0o755);
    const dataDir = join(directory.path, 'data');
    await mkdir(join(dataDir, 'cluster'), { recursive: true });
    await writeFile(join(dataDir, 'cluster', 'PG_VERSION'), '17\n');
    await expect(startPostgres({ dataDir })).rejects.toMatchObject({
      reason: 'DATA_OF_ANOTHER_MAJOR',
      message: expect.stringMatching(/PostgreSQL 17.*PostgreSQL 18.*pg_dumpall.*npm run reset/s),
    });
    expect(await readFile(join(dataDir, 'cluster', 'PG_VERSION'), 'utf8')).toBe('17\n');
  });

  it('says when a given port is taken', async () => {
    await using directory = await temporaryDirectory(0o755);
    await using other = await startPostgres();
    const started = startPostgres({ dataDir: join(directory.path, 'data'), port: other.port });
    await expect(started).rejects.toMatchObject({ reason: 'PORT_TAKEN' });
  });

  (isRoot ? it : it.skip)('below a closed directory keeps the data elsewhere, behind a link', async () => {
    await using closed = await temporaryDirectory(0o700);
    await using open = await temporaryDirectory(0o755);
    const dataDir = join(closed.path, 'clone', 'data');
    const hiddenParent = join(open.path, 'hidden');
    await using server = await startPostgres({ dataDir, hiddenParent });
    expect(server.dataDir.startsWith(hiddenParent)).toBe(true);
    expect((await stat(dataDir)).isDirectory()).toBe(true);
    await expect(query(server.adminUrl, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
    await expect(removePostgresData(dataDir)).rejects.toMatchObject({ reason: 'DATA_IN_USE' });
    await server.stop();
    await removePostgresData(dataDir);
    expect(await readdir(hiddenParent)).toEqual([]);
    expect(await readdir(join(closed.path, 'clone'))).toEqual([]);
  });
});
