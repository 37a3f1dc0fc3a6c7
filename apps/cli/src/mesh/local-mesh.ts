import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  ensureDatabase,
  keepPostgres,
  makeTemporaryDatabase,
  type Mesh,
  type MeshOptions,
  openWatchdog,
  startMesh,
  startPostgres,
  type Store,
  type Watchdog,
  withDatabase,
} from '@exempla/launch';

export interface LocalMeshOptions extends Pick<
  MeshOptions,
  'env' | 'gateway' | 'ports' | 'restart' | 'onHop' | 'onLine' | 'onEvent' | 'signal'
> {
  /** Where the data stays; without it everything is temporary. */
  directory?: string;
  /** A PostgreSQL server to use in place of the embedded one. */
  adminUrl?: string;
  /** With `adminUrl`: the role that storage serves with, when it is to be that one. */
  url?: string;
  /** The database is up. */
  onDatabase?: (detail: string) => void;
}

/** The mesh and its database on this machine. */
export interface LocalMesh extends AsyncDisposable {
  mesh: Mesh;
  /** URL of the owner of the database. */
  adminUrl: string;
  /** What storage was given; a further storage process on the same data takes the same. */
  store: Store;
}

/** What belongs together to end: services first, then their database, then what watched over both. */
const STOP_LIMIT_MS = 7000;
const DATABASE = 'exempla';

/** Starts PostgreSQL and the services at once; each waits for what it needs. */
export async function openLocalMesh(options: LocalMeshOptions): Promise<LocalMesh> {
  await using stack = new AsyncDisposableStack();
  const watchdog = openWatchdog();
  stack.defer(() => watchdog.close());
  const storeStack = new AsyncDisposableStack();
  let store: Promise<Store> | undefined;
  stack.defer(async () => {
    await store?.catch(() => {});
    await storeStack.disposeAsync();
  });
  const mesh = await startMesh({
    ...options,
    watchdog,
    store: () => (store = openStore(options, watchdog, storeStack)),
  });
  stack.defer(() => mesh.stop(STOP_LIMIT_MS));
  const opened = (await store) ?? { adminUrl: '', url: '', objectsDir: '' };
  const kept = stack.move();
  return { mesh, adminUrl: opened.adminUrl, store: opened, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function openStore(options: LocalMeshOptions, watchdog: Watchdog, stack: AsyncDisposableStack): Promise<Store> {
  const objectsDir = options.directory
    ? join(resolve(options.directory), 'objects')
    : await temporaryObjects(watchdog, stack);
  await mkdir(objectsDir, { recursive: true, mode: 0o700 });
  const began = performance.now();
  const database = await openDatabase(options, watchdog, stack);
  options.onDatabase?.(`${database.detail}, ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return { adminUrl: database.adminUrl, url: database.url, objectsDir };
}

async function temporaryObjects(watchdog: Watchdog, stack: AsyncDisposableStack): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'exempla-objects-'));
  watchdog.tell({ type: 'directory', path });
  stack.defer(async () => {
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    watchdog.tell({ type: 'forget', path });
  });
  return path;
}

async function openDatabase(options: LocalMeshOptions, watchdog: Watchdog, stack: AsyncDisposableStack) {
  const { adminUrl, directory } = options;
  if (adminUrl && !directory) {
    const database = await makeTemporaryDatabase(adminUrl);
    stack.defer(() => database.drop());
    return { ...database, detail: 'a database of its own on the server of DATABASE_ADMIN_URL' };
  }
  if (adminUrl && directory) {
    const url = options.url ?? serviceUrl(adminUrl, `exempla_storage_${markOf(directory)}`);
    return { adminUrl, url, detail: 'the server of DATABASE_ADMIN_URL' };
  }
  const server = stack.use(await openServer(options, watchdog));
  await ensureDatabase(server.adminUrl, DATABASE);
  const owner = withDatabase(server.adminUrl, DATABASE);
  return {
    adminUrl: owner,
    url: serviceUrl(owner, 'exempla_storage'),
    detail: `port ${server.port}, pid ${server.pid}`,
  };
}

/** A server whose data stays is started again like a service. */
function openServer({ directory, restart, onEvent }: LocalMeshOptions, watchdog: Watchdog) {
  if (!directory) return startPostgres({ watchdog });
  const dataDir = join(directory, 'postgres');
  if (!restart) return startPostgres({ watchdog, dataDir });
  return keepPostgres({ watchdog, dataDir, restart, ...(onEvent ? { onEvent } : {}) });
}

/** Tells the roles of several meshes on one server apart: each mesh gives its role a new password. */
const markOf = (directory: string): string =>
  createHash('sha256')
    .update(`${hostname()}\n${resolve(directory)}`)
    .digest('hex')
    .slice(0, 12);

/** A password for this run: storage gives it to the role when it starts. */
function serviceUrl(adminUrl: string, role: string): string {
  const database = decodeURIComponent(new URL(adminUrl).pathname.slice(1)) || 'postgres';
  return withDatabase(adminUrl, database, {
    role,
    password: randomBytes(24).toString('base64url'),
  });
}
