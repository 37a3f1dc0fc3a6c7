import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { startPostgres } from '@exempla/launch';
import {
  allGone,
  descendantsOf,
  holdPostgres,
  holdsWithin,
  isRoot,
  query,
  temporaryDirectory,
  uidOf,
} from './support.ts';

const OTHER = { uid: 1, gid: 1 };
const exists = (path: string): Promise<boolean> => stat(path).then(Boolean, () => false);

describe('a launcher that is killed', () => {
  it.each([['as this user', undefined], ...(isRoot ? [['as another user', OTHER] as const] : [])])(
    'leaves no process and no temporary data, %s',
    async (_, account) => {
      const { child, held } = await holdPostgres([], account);
      const pids = [held.postmaster, held.watchdog, held.deaf, ...(await descendantsOf(held.postmaster))];
      expect(pids.length).toBeGreaterThan(5);
      if (account) expect(await uidOf(held.postmaster)).toBe(account.uid);
      child.kill('SIGKILL');
      expect(await holdsWithin(5000, () => allGone(pids))).toBe(true);
      expect(await holdsWithin(1000, async () => !(await exists(held.dataDir)))).toBe(true);
    },
  );

  it('in the middle of an order leaves none either', async () => {
    const program = fileURLToPath(new URL('../src/processes/watchdog.main.ts', import.meta.url));
    const guarded = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    const watchdog = spawn(process.execPath, ['--no-warnings', program], { stdio: ['pipe', 'ignore', 'ignore'] });
    const ended = [guarded, watchdog].map((child) => once(child, 'exit'));
    watchdog.stdin.end(`${JSON.stringify({ type: 'process', pid: guarded.pid })}\n{"type":"for`);
    try {
      await ended[1];
      expect(await holdsWithin(2000, () => allGone([guarded.pid!]))).toBe(true);
    } finally {
      guarded.kill('SIGKILL');
      await ended[0];
    }
  });

  it('keeps data that was to stay', async () => {
    await using directory = await temporaryDirectory(0o755);
    const dataDir = join(directory.path, 'data');
    const { child, held } = await holdPostgres([dataDir]);
    await query(held.adminUrl, 'create table kept as select 7 as seven');
    child.kill('SIGKILL');
    expect(await holdsWithin(5000, () => allGone([held.postmaster, held.watchdog]))).toBe(true);
    await using server = await startPostgres({ dataDir });
    await expect(query(server.adminUrl, 'select seven from kept')).resolves.toEqual([{ seven: 7 }]);
  });

  it('together with its watchdog leaves a server that the next launcher adopts', async () => {
    await using directory = await temporaryDirectory(0o755);
    const dataDir = join(directory.path, 'data');
    const { child, held } = await holdPostgres([dataDir]);
    process.kill(held.watchdog, 'SIGKILL');
    child.kill('SIGKILL');
    process.kill(held.deaf, 'SIGKILL');
    expect(await holdsWithin(5000, () => allGone([child.pid!, held.watchdog]))).toBe(true);
    {
      await using server = await startPostgres({ dataDir });
      expect(server.adopted).toBe(true);
      expect(server.pid).toBe(held.postmaster);
      await expect(query(server.adminUrl, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
    }
    expect(await allGone([held.postmaster])).toBe(true);
  });

  (isRoot ? it : it.skip)('as a user below a directory closed to others', async () => {
    await using home = await temporaryDirectory(0o700);
    await chown(home.path, OTHER.uid, OTHER.gid);
    const { child, held } = await holdPostgres([join(home.path, 'clone', 'data')], OTHER);
    child.kill('SIGKILL');
    expect(await holdsWithin(5000, () => allGone([held.postmaster, held.watchdog, held.deaf]))).toBe(true);
  });
});
