import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { isRunning, maySignal, startOf } from '../processes/identity.ts';
import type { Account } from './account.ts';
import type { DataDirectory } from './data-directory.ts';
import { PostgresError } from './postgres-error.ts';

/** How to reach a server. */
export interface Address {
  /** An address, or the directory of a unix socket. */
  host: string;
  port: number;
}

/** What a running server writes of itself into its data directory. */
export interface PostmasterFile extends Address {
  pid: number;
}

/** Settings of a server of ours. */
export interface PostmasterOptions {
  address: Address;
  maxConnections: number;
  /** False only for data that is thrown away: no flush to disk then. */
  durable: boolean;
}

const READY_LIMIT_MS = 30_000;
const ADOPT_LIMIT_MS = 10_000;

/** The URL of a database as the superuser. Our server has no TLS, whatever PGSSLMODE asks of other servers. */
export function urlOf(address: Address, password: string, database = 'postgres'): string {
  const socket = address.host.startsWith('/');
  const place = socket ? `localhost:${address.port}` : `${address.host}:${address.port}`;
  const host = socket ? `&host=${encodeURIComponent(address.host)}` : '';
  return `postgresql://exempla:${password}@${place}/${database}?sslmode=disable${host}`;
}

/** Starts a server in a session of its own, so that Ctrl-C at the terminal does not reach it before its clients. */
export async function spawnPostmaster(
  data: DataDirectory,
  bin: string,
  account: Account | undefined,
  options: PostmasterOptions,
): Promise<ChildProcess> {
  const log = await open(data.log, 'a', 0o600);
  try {
    return spawn(join(bin, 'postgres'), ['-D', data.cluster, ...settings(options)], {
      cwd: '/',
      detached: true,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log.fd, log.fd],
      ...account,
    });
  } finally {
    await log.close();
  }
}

function settings({ address, maxConnections, durable }: PostmasterOptions): string[] {
  const socket = address.host.startsWith('/');
  const values: Record<string, string | number> = {
    listen_addresses: socket ? '' : address.host,
    port: address.port,
    unix_socket_directories: socket ? address.host : '',
    unix_socket_permissions: '0700',
    max_connections: maxConnections,
    shared_buffers: durable ? '128MB' : '32MB',
    log_timezone: 'UTC',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Waits until the server answers; a server that ends instead is an error with the last lines of its log. */
export async function waitUntilReady(child: ChildProcess, data: DataDirectory, url: string): Promise<void> {
  const end = performance.now() + READY_LIMIT_MS;
  while (child.exitCode === null && child.signalCode === null) {
    if (await servesCluster(url, data.cluster)) return;
    if (performance.now() > end)
      throw new PostgresError('START_FAILED', `PostgreSQL is not ready. ${await logTail(data)}`);
    await sleep(20);
  }
  const tail = await logTail(data);
  throw new PostgresError(
    /could not bind|could not create any/.test(tail) ? 'PORT_TAKEN' : 'START_FAILED',
    `PostgreSQL ended at its start. ${tail}`,
  );
}

async function logTail(data: DataDirectory): Promise<string> {
  const text = await readFile(data.log, 'utf8').catch(() => '');
  return `The end of ${data.log}:\n${text.trim().split('\n').slice(-8).join('\n')}`;
}

/** Whether a server answers at the URL and it is the one of this cluster, not a stranger's on the same port. */
export async function servesCluster(url: string, cluster: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000, query_timeout: 2000 });
  // A server that goes away later is found out by the next query.
  client.on('error', () => {});
  try {
    await client.connect();
    const result = await client.query<{ data_directory: string }>('show data_directory');
    return result.rows[0]?.data_directory === cluster;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Reads `postmaster.pid`; nothing when there is none. */
export async function readPostmasterFile(data: DataDirectory): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(data.cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  return parsePostmasterFile(text);
}

/** Lines: pid, data directory, start, port, socket directory, first listen address. */
export function parsePostmasterFile(text: string): PostmasterFile | undefined {
  const [pid, , , port, socketDir = '', host = ''] = text.split('\n').map((line) => line.trim());
  if (!pid) return undefined;
  return { pid: Number(pid), port: Number(port), host: host === '*' || host === '' ? socketDir || '127.0.0.1' : host };
}

/** The server that runs on the data, whether or not it answers. Its file alone proves nothing: the pid may be reused. */
export async function findPostmaster(data: DataDirectory): Promise<(PostmasterFile & { start: string }) | undefined> {
  const file = await readPostmasterFile(data);
  if (!file) return undefined;
  const start = await startOf(file.pid);
  return start !== undefined && (await isPostmasterOf(file.pid, data)) ? { ...file, start } : undefined;
}

/** A server to adopt: one that runs on the data and has answered. A file without its server is removed. */
export async function findRunning(data: DataDirectory, password: string): Promise<PostmasterFile | undefined> {
  const found = await findPostmaster(data);
  if (!found) {
    await rm(join(data.cluster, 'postmaster.pid'), { force: true });
    return undefined;
  }
  const end = performance.now() + ADOPT_LIMIT_MS;
  while (await isRunning(found.pid, found.start)) {
    // One that is just starting writes its port late.
    const now = (await readPostmasterFile(data)) ?? found;
    if (await servesCluster(urlOf(now, password), data.cluster)) return now;
    if (performance.now() > end) throw inUse(found.pid, data);
    await sleep(100);
  }
  return undefined;
}

const inUse = (pid: number, { root }: DataDirectory): PostgresError =>
  new PostgresError('DATA_IN_USE', `Process ${pid} has ${root} and does not answer. End it, then try again.`);

/**
 * A postmaster works in its data directory and is one we may signal; a process of another user that has the pid since
 * is not. Where the directory cannot be seen, its answer has to be the proof.
 */
async function isPostmasterOf(pid: number, data: DataDirectory): Promise<boolean> {
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  return cwd === undefined ? maySignal(pid) : cwd === data.cluster;
}
