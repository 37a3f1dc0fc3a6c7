import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeTemporaryDatabase, type TemporaryDatabase } from '@exempla/launch';
import { Cluster } from './cluster.ts';
import { type ProgramSite, runProgram, startStorage, type StorageProcess } from './storage-process.ts';

const PROCESSES = 3;

/** A durable database server, a database, and processes of the service on it. */
export class Site {
  readonly cluster: Cluster;
  readonly directory: string;
  readonly #open: StorageProcess[] = [];

  private constructor(cluster: Cluster, directory: string) {
    this.cluster = cluster;
    this.directory = directory;
  }

  static async start(): Promise<Site> {
    const cluster = await Cluster.start();
    const durability = await cluster.durability();
    process.stdout.write(
      `durability: ${Object.entries(durability)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')}\n`,
    );
    return new Site(cluster, await mkdtemp(join(tmpdir(), 'exempla-races-objects-')));
  }

  database(): Promise<TemporaryDatabase> {
    return makeTemporaryDatabase(this.cluster.adminUrl);
  }

  async storages(database: TemporaryDatabase, count = PROCESSES): Promise<StorageProcess[]> {
    const started = await Promise.allSettled(
      Array.from({ length: count }, () => startStorage(this.#programs(database))),
    );
    const storages = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    this.#open.push(...storages);
    for (const each of started) if (each.status === 'rejected') throw each.reason;
    return storages;
  }

  run(program: string, args: readonly string[], database: TemporaryDatabase): Promise<string> {
    return runProgram(program, args, this.#programs(database));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#open.map((storage) => storage.stop()));
    await this.cluster.stop();
    await rm(this.directory, { recursive: true });
  }

  #programs(database: TemporaryDatabase): ProgramSite {
    return { database, directory: this.directory };
  }
}
