import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PRELOAD = new URL('../preload/no-network.mjs', import.meta.url);

/** What a process wanted outside of this machine. */
export interface Reached {
  readonly pid: number;
  /** 0 is the main thread. */
  readonly thread: number;
  /** The file it runs. */
  readonly program: string;
  /** `connect`, `lookup`, `resolve4`, `datagram send` … */
  readonly what: string;
  /** Host and port, or the name. */
  readonly to: string;
}

/** Processes that cannot leave this machine, and what they tried. */
export interface NoNetwork extends AsyncDisposable {
  /** For the environment of a Node process: it and all Node processes and threads that come of it are guarded. */
  readonly env: { readonly NODE_OPTIONS: string; readonly NO_NETWORK_REPORT: string };
  /** What was refused so far. */
  reached(): Promise<Reached[]>;
  /** The programs that were guarded, and in how many threads beside the main one. */
  guarded(): Promise<{ programs: ReadonlySet<string>; threads: number }>;
}

export async function noNetwork(): Promise<NoNetwork> {
  const directory = await mkdtemp(join(tmpdir(), 'no-network-'));
  const report = join(directory, 'report');
  await writeFile(report, '');
  // Processes of other users report as well.
  await chmod(directory, 0o755);
  await chmod(report, 0o666);
  const lines = async (): Promise<Reached[]> => {
    const said = (await readFile(report, 'utf8')).split('\n').filter((line) => line !== '');
    return said.map((line) => JSON.parse(line) as Reached);
  };
  return {
    env: { NODE_OPTIONS: `--import=${PRELOAD.href}`, NO_NETWORK_REPORT: report },
    reached: async () => (await lines()).filter(({ what }) => what !== 'guarded'),
    guarded: async () => {
      const loads = (await lines()).filter(({ what }) => what === 'guarded');
      const programs = new Set(loads.map(({ program }) => program));
      return { programs, threads: loads.filter(({ thread }) => thread !== 0).length };
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
