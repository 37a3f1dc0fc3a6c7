import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { EventStoreServiceDefinition } from '@exempla/contracts/storage/v1/event_store_service';
import type { Database } from '@exempla/launch';
import { createClient, openChannel, type RpcClient } from '@exempla/rpc';
import { eventually } from '@exempla/testing';

export type EventsClient = RpcClient<typeof EventStoreServiceDefinition>;

/** A process of the storage service, and a client of it. */
export interface StorageProcess {
  readonly port: number;
  readonly events: EventsClient;
  /** What it printed. */
  readonly output: () => string;
  stop(): Promise<void>;
}

export interface ProgramSite {
  readonly database: Database;
  /** Where objects and backups go. */
  readonly directory: string;
}

interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown[]>;
  readonly output: () => string;
}

const START_LIMIT_MS = 40_000;
/** Of the 200 connections of the server, with room for several processes. */
const POOL_MAX_SIZE = 20;

function start(name: string, args: readonly string[], { database, directory }: ProgramSite): Program {
  const path = fileURLToPath(new URL(`../../dist/${name}.js`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], {
    env: {
      EXEMPLA_DEV: '1',
      EXEMPLA_STORAGE_PORT: '0',
      EXEMPLA_STORAGE_OBJECTS_DIR: directory,
      DATABASE_URL: database.url,
      DATABASE_ADMIN_URL: database.adminUrl,
      DB_POOL_MIN_SIZE: '2',
      DB_POOL_MAX_SIZE: String(POOL_MAX_SIZE),
      INIT_CWD: directory,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  return { child, ended: once(child, 'close'), output: () => output };
}

/** One of the service's programs, up to its end. Throws with what it printed when it fails. */
export async function runProgram(name: string, args: readonly string[], site: ProgramSite): Promise<string> {
  const { ended, output } = start(name, args, site);
  const [code] = await ended;
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}:\n${output()}`);
  return output();
}

export async function startStorage(site: ProgramSite): Promise<StorageProcess> {
  const { child, ended, output } = start('main', [], site);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    await eventually('it listens', () => output().includes('"listening"') || child.exitCode !== null, START_LIMIT_MS);
  } catch (error) {
    await kill();
    throw error;
  }
  const port = Number(/"event":"listening".*?"port":(\d+)/.exec(output())?.[1]);
  if (!(port > 0)) {
    await kill();
    throw new Error(`storage did not start:\n${output()}`);
  }
  const channel = openChannel(`127.0.0.1:${port}`);
  return {
    port,
    events: createClient(EventStoreServiceDefinition, channel),
    output,
    stop: async () => {
      channel.close();
      await kill();
    },
  };
}
