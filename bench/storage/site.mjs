// One durable PostgreSQL, one database, and the processes around it, for as long as the measurement takes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, open, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entryOf, makeTemporaryDatabase, removePostgresData, startPostgres } from '@exempla/launch';
import { migrate } from '../../services/storage/dist/adapters/migrate.js';
import { median, TICK_MS, timeUntil } from '../lib.mjs';
import { startProcess } from '../processes.mjs';
import { timed } from './load.mjs';

const START_LIMIT_MS = 20_000;

export class Site {
  #services = [];

  /** PostgreSQL that flushes, on a new directory, with a migrated database. */
  static async open() {
    const site = new Site();
    site.directory = await mkdtemp(join(tmpdir(), 'exempla-bench-'));
    // PostgreSQL may run as another user.
    await chmod(site.directory, 0o755);
    site.postgres = await startPostgres({ dataDir: join(site.directory, 'postgres') });
    site.database = await makeTemporaryDatabase(site.postgres.adminUrl);
    const log = { info: () => {}, warn: (...what) => console.error(...what) };
    await migrate({ ...site.database, waitMs: 5_000, log });
    return site;
  }

  /** The built service as it is deployed: its span lines go to a file. */
  async service(name) {
    const path = join(this.directory, `${name}.log`);
    const output = await open(path, 'w');
    const child = spawn(process.execPath, [entryOf('storage')], {
      env: {
        PATH: process.env.PATH,
        EXEMPLA_DEV: '1',
        EXEMPLA_STORAGE_PORT: '0',
        EXEMPLA_STORAGE_OBJECTS_DIR: join(this.directory, 'objects'),
        DATABASE_URL: this.database.url,
      },
      stdio: ['ignore', output.fd, 'inherit'],
    });
    this.#services.push(child);
    await output.close();
    let port;
    await timeUntil(
      `${name} listens`,
      async () => {
        if (child.exitCode !== null) throw new Error(`${name} ended: ${await readFile(path, 'utf8')}`);
        port = /"event":"listening".*?"port":(\d+)/.exec(await readFile(path, 'utf8'))?.[1];
        return port !== undefined;
      },
      START_LIMIT_MS,
    );
    return { port: Number(port), pid: child.pid };
  }

  role(name, options) {
    return startProcess(new URL('./worker.mjs', import.meta.url), [name, JSON.stringify(options)]);
  }

  /** CPU time of PostgreSQL so far, ms: the postmaster, those of its processes that ended, and those that run. */
  async databaseCpuMs() {
    const { pid } = this.postgres;
    const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const all = await Promise.all(ids.map(timesOf));
    const { own, ended } = await timesOf(pid);
    return all.filter(({ parent }) => parent === pid).reduce((total, child) => total + child.own, own + ended);
  }

  /** Median time of a write of one page and its flush, ms: what a commit cannot be faster than. */
  async flushMs() {
    const file = await open(join(this.directory, 'flush'), 'w');
    const page = Buffer.alloc(8192, 1);
    const took = await timed(Array.from({ length: 50 }), async () => {
      await file.write(page, 0, page.length, 0);
      await file.datasync();
    });
    await file.close();
    return median(took);
  }

  async close() {
    for (const child of this.#services) {
      if (child.exitCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await this.postgres?.stop();
    await removePostgresData(join(this.directory, 'postgres'));
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Times of a process in its `stat`, ms: parent, own, and of its children that have ended. */
async function timesOf(id) {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const sum = (from) => (Number(fields[from]) + Number(fields[from + 1])) * TICK_MS;
  return { parent: Number(fields[1]), own: sum(11), ended: sum(13) };
}
