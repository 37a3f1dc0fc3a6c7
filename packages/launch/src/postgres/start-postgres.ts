import type { ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Lock, LockedError, takeLock } from '../processes/lock.ts';
import { isRunning, signalTo, startOf, waitUntilGone } from '../processes/identity.ts';
import { type Ending, endingOf } from '../processes/start-process.ts';
import { openWatchdog, type Watchdog } from '../processes/watchdog.ts';
import { type Account, accountFor } from './account.ts';
import { assertMajor, type DataDirectory, initialise, majorOf, makeLasting, makeTemporary } from './data-directory.ts';
import { defaultCacheDir, usableNative } from './native-cache.ts';
import { findNative, type Native } from './native.ts';
import { PostgresError } from './postgres-error.ts';
import { freePorts } from '../processes/free-ports.ts';
import { type Address, findRunning, spawnPostmaster, urlOf, waitUntilReady } from './postmaster.ts';

export interface PostgresOptions {
  /** Where the data stays. Without it the data is temporary: fast, never flushed, removed at the end. */
  dataDir?: string;
  /** Port on 127.0.0.1; without it a free one. */
  port?: number;
  /** Directory of a unix socket to listen on in place of 127.0.0.1; the server's user must be able to write to it. */
  socketDir?: string;
  maxConnections?: number;
  /** The watchdog to register with; without it the server gets its own. */
  watchdog?: Watchdog;
  /** Where the programs are copied if they cannot run where npm put them. */
  cacheDir?: string;
  /** Where the data lies when the user of the server cannot reach `dataDir`. */
  hiddenParent?: string;
  /** Receives a line for each step, for a person. */
  log?: (message: string) => void;
}

/** A PostgreSQL server that lives as long as this process. */
export interface RunningPostgres extends AsyncDisposable {
  /** Superuser `exempla`, database `postgres`, random password. */
  readonly adminUrl: string;
  readonly host: string;
  readonly port: number;
  /** The postmaster. */
  readonly pid: number;
  /** Where the data really lies. */
  readonly dataDir: string;
  /** It ran already, left by a launcher that died together with its watchdog. */
  readonly adopted: boolean;
  /** Settles when the server ends, for whatever reason; never for an adopted one, which is nobody's child. */
  readonly ended: Promise<Ending>;
  /** Ends it, and removes temporary data. A second call waits for the first. */
  stop(): Promise<void>;
}

const STOP_LIMIT_MS = 8000;
const PORT_ATTEMPTS = 5;

/** What is needed to start and to end a server. */
interface Site {
  data: DataDirectory;
  bin: string;
  account: Account | undefined;
  native: Native;
  durable: boolean;
  options: PostgresOptions;
  watchdog: Watchdog;
  lock: Lock;
}

interface Server extends Address {
  pid: number;
  child?: ChildProcess;
}

/** Starts PostgreSQL from the programs that npm installed; as root it runs as another user. */
export async function startPostgres(options: PostgresOptions = {}): Promise<RunningPostgres> {
  const watchdog = options.watchdog ?? openWatchdog();
  let lock: Lock | undefined;
  try {
    const site = await prepare(options, watchdog);
    ({ lock } = site);
    return await startOn(site);
  } catch (error) {
    await lock?.release();
    if (!options.watchdog) await watchdog.close();
    throw error;
  }
}

async function prepare(options: PostgresOptions, watchdog: Watchdog): Promise<Site> {
  const native = await findNative();
  const durable = options.dataDir !== undefined;
  const account = await accountFor(options.dataDir ?? '/');
  const folder = await usableNative(native, account, options.cacheDir ?? defaultCacheDir());
  const data = options.dataDir
    ? await makeLasting(options.dataDir, account, options.hiddenParent)
    : await makeTemporary(account);
  if (!durable) watchdog.tell({ type: 'directory', path: data.root });
  const lock = await lockData(data);
  return { data, bin: join(folder, 'bin'), account, native, durable, options, watchdog, lock };
}

async function lockData(data: DataDirectory): Promise<Lock> {
  try {
    return await takeLock(join(data.root, 'launcher.lock'));
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    throw new PostgresError('DATA_IN_USE', `Process ${error.holder.pid} already runs PostgreSQL on ${data.root}.`, {
      cause: error,
    });
  }
}

async function startOn(site: Site): Promise<RunningPostgres> {
  const { data, native, options } = site;
  const major = await majorOf(data);
  if (major === undefined) {
    options.log?.('making a PostgreSQL data directory');
    await initialise(data, site.bin, site.account, site.durable);
  } else {
    assertMajor(major, native.major, data.root);
  }
  const password = (await readFile(data.password, 'utf8')).trim();
  const running = await findRunning(data, password);
  if (running) site.watchdog.tell({ type: 'postmaster', pid: running.pid });
  return handleOf(site, running ?? (await startNew(site, password)), password, running !== undefined);
}

async function startNew(site: Site, password: string): Promise<Server> {
  const { port, socketDir } = site.options;
  for (let attempt = 1; ; attempt += 1) {
    const address = { host: socketDir ?? '127.0.0.1', port: port ?? (socketDir ? 5432 : (await freePorts(1))[0]!) };
    try {
      return await startAt(site, address, password);
    } catch (error) {
      // Between asking for a free port and taking it another process may have taken it.
      const again = error instanceof PostgresError && error.reason === 'PORT_TAKEN' && port === undefined && !socketDir;
      if (!again || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

async function startAt(site: Site, address: Address, password: string): Promise<Server> {
  const { maxConnections = 200, log } = site.options;
  log?.(`starting PostgreSQL ${site.native.version} on ${address.host}:${address.port}`);
  const child = await spawnPostmaster(site.data, site.bin, site.account, {
    address,
    maxConnections,
    durable: site.durable,
  });
  const pid = await pidOf(child);
  site.watchdog.tell({ type: 'postmaster', pid });
  try {
    await waitUntilReady(child, site.data, urlOf(address, password));
  } catch (error) {
    await end({ ...address, pid, child }, 'SIGQUIT');
    site.watchdog.tell({ type: 'forget', pid });
    throw error;
  }
  return { ...address, pid, child };
}

async function pidOf(child: ChildProcess): Promise<number> {
  if (child.pid !== undefined) return child.pid;
  const error = await new Promise<Error>((resolve) => child.once('error', resolve));
  throw new PostgresError('START_FAILED', `PostgreSQL cannot be run: ${error.message}`, { cause: error });
}

/** Fast shutdown (SIGINT) writes a checkpoint; immediate (SIGQUIT) is enough for data that is thrown away. */
async function end(server: Server, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  const start = await startOf(server.pid);
  if (start === undefined) return;
  signalTo(server.pid, signal);
  if (await waitUntilGone(server.pid, start, STOP_LIMIT_MS)) return;
  signalTo(server.pid, 'SIGQUIT');
  if (await waitUntilGone(server.pid, start, 2000)) return;
  if (await isRunning(server.pid, start)) signalTo(-server.pid, 'SIGKILL');
}

function handleOf(site: Site, server: Server, password: string, adopted: boolean): RunningPostgres {
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= stopServer(site, server));
  return {
    adminUrl: urlOf(server, password),
    host: server.host,
    port: server.port,
    pid: server.pid,
    dataDir: site.data.root,
    adopted,
    ended: server.child ? endingOf(server.child) : Promise.withResolvers<Ending>().promise,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function stopServer(site: Site, server: Server): Promise<void> {
  const { watchdog, data } = site;
  await end(server, site.durable ? 'SIGINT' : 'SIGQUIT');
  watchdog.tell({ type: 'forget', pid: server.pid });
  await site.lock.release();
  if (!site.durable) {
    await rm(data.root, { recursive: true, force: true, maxRetries: 5 });
    watchdog.tell({ type: 'forget', path: data.root });
  }
  if (!site.options.watchdog) await watchdog.close();
}
