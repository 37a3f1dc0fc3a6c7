import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isRunning, type RunningPostgres, startPostgres } from '@exempla/launch';
import { eventually } from '@exempla/testing';
import { ask } from './ask.ts';

const DURABILITY = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;
const run = promisify(execFile);

/** A PostgreSQL server that keeps what it has acknowledged, and can be killed. */
export class Cluster {
  readonly #parent: string;
  #postgres: RunningPostgres;

  private constructor(parent: string, postgres: RunningPostgres) {
    this.#parent = parent;
    this.#postgres = postgres;
  }

  static async start(): Promise<Cluster> {
    const parent = await mkdtemp(join(tmpdir(), 'exempla-races-'));
    // As root the server runs as somebody else, who has to get in.
    await chmod(parent, 0o755);
    return new Cluster(parent, await startPostgres({ dataDir: join(parent, 'data') }));
  }

  get adminUrl(): string {
    return this.#postgres.adminUrl;
  }

  /** What the server says of how it keeps what it has acknowledged. */
  async durability(): Promise<Record<string, string>> {
    const settings: Record<string, string> = {};
    for (const name of DURABILITY) {
      const [row] = await ask<Record<string, string>>(this.adminUrl, `show ${name}`);
      settings[name] = row?.[name] ?? '';
    }
    return settings;
  }

  /** SIGKILL to the postmaster and to all of its processes, without a moment for any of them. */
  async kill(): Promise<number> {
    const { pid } = this.#postgres;
    const pids = [pid, ...(await childrenOf(pid))];
    for (const each of pids) killHard(each);
    await eventually(
      'they are gone',
      async () => !(await Promise.all(pids.map((each) => isRunning(each)))).includes(true),
    );
    return pids.length;
  }

  /** On the same data and port. */
  async startAgain(): Promise<void> {
    const { port } = this.#postgres;
    await this.#postgres.stop();
    this.#postgres = await startPostgres({ dataDir: join(this.#parent, 'data'), port });
  }

  async stop(): Promise<void> {
    await this.#postgres.stop();
    await rm(this.#parent, { recursive: true, force: true });
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=']);
  const all = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return all.flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []));
}

function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It has ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
