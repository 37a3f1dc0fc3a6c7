import { execFile } from 'node:child_process';
import { randomBytes, createHash } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Account, canReach } from './account.ts';
import { PostgresError } from './postgres-error.ts';

const run = promisify(execFile);
const CLOSED = 0o700;

/** The layout of a data directory of ours. */
export interface DataDirectory {
  /** Ours; 0700. */
  root: string;
  /** PostgreSQL's own. */
  cluster: string;
  /** What the server prints. */
  log: string;
  /** Password of the superuser, 0600. */
  password: string;
}

export function layoutOf(root: string): DataDirectory {
  return {
    root,
    cluster: join(root, 'cluster'),
    log: join(root, 'postgres.log'),
    password: join(root, 'password'),
  };
}

/** A new private directory for data that does not outlive the server. */
export async function makeTemporary(account: Account | undefined): Promise<DataDirectory> {
  const root = await mkdtemp(join(await temporaryParent(account), 'exempla-postgres-'));
  await give(root, account);
  return layoutOf(root);
}

async function temporaryParent(account: Account | undefined): Promise<string> {
  const wanted = await realpath(tmpdir());
  return account === undefined || (await canReach(wanted, account)) ? wanted : '/tmp';
}

/**
 * A private directory for data that stays. When the account of the server may not pass through to it (root's clone in
 * root's home), the data lies in `hiddenParent` and the directory is a link to it.
 */
export async function makeLasting(
  directory: string,
  account: Account | undefined,
  hiddenParent = '/var/lib/exempla',
): Promise<DataDirectory> {
  const path = resolve(directory);
  await mkdir(dirname(path), { recursive: true });
  const there = (await lstat(path).catch(() => undefined)) !== undefined;
  if (!there && account !== undefined && !(await canReach(dirname(path), account))) {
    await linkTo(path, hiddenParent, account);
  }
  await mkdir(path, { recursive: true, mode: CLOSED });
  const root = await realpath(path);
  await give(root, account);
  return layoutOf(root);
}

async function linkTo(path: string, hiddenParent: string, account: Account): Promise<void> {
  const key = createHash('sha256').update(path).digest('hex').slice(0, 12);
  const target = join(hiddenParent, `postgres-${key}`);
  await mkdir(target, { recursive: true, mode: 0o755 });
  await give(target, account);
  await symlink(target, path);
}

async function give(path: string, account: Account | undefined, mode = CLOSED): Promise<void> {
  await chmod(path, mode);
  if (account) await chown(path, account.uid, account.gid);
}

/** The major of the data, or nothing when there is none yet. */
export async function majorOf(data: DataDirectory): Promise<number | undefined> {
  const text = await readFile(join(data.cluster, 'PG_VERSION'), 'utf8').catch(() => '');
  return text === '' ? undefined : Number.parseInt(text, 10);
}

/** Refuses data that the programs cannot read, and says what to do. */
export function assertMajor(found: number, wanted: number, directory: string): void {
  if (found === wanted) return;
  throw new PostgresError(
    'DATA_OF_ANOTHER_MAJOR',
    `${directory} was written by PostgreSQL ${found}; this version brings PostgreSQL ${wanted}. To keep the data, run ` +
      `"pg_dumpall" of PostgreSQL ${found} on it, then "npm run reset", "npm run up", and load the dump with ` +
      `"psql -f". To start with empty data: npm run reset`,
  );
}

/** Makes the cluster: aside, then renamed, so that a half-made one is never met. */
export async function initialise(
  data: DataDirectory,
  bin: string,
  account: Account | undefined,
  durable: boolean,
): Promise<void> {
  const aside = `${data.cluster}.${randomBytes(4).toString('hex')}.tmp`;
  await writeFile(data.password, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await give(data.password, account, 0o600);
  try {
    await initdb(bin, account, [...clusterOptions(aside, data.password), ...(durable ? [] : ['--no-sync'])]);
    await rename(aside, data.cluster);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** The builtin locale sorts alike on every machine and needs none installed. */
const clusterOptions = (cluster: string, passwordFile: string): string[] => [
  `--pgdata=${cluster}`,
  '--username=exempla',
  `--pwfile=${passwordFile}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

async function initdb(bin: string, account: Account | undefined, args: string[]): Promise<void> {
  try {
    await run(join(bin, 'initdb'), args, { cwd: '/', env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' }, ...account });
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    if (stderr.includes('could not look up effective user ID')) throw withoutName(error);
    throw new PostgresError('START_FAILED', `initdb failed: ${stderr.trim() || message}`, { cause: error });
  }
}

function withoutName(cause: unknown): PostgresError {
  return new PostgresError(
    'USER_WITHOUT_NAME',
    `PostgreSQL needs a name for user id ${process.geteuid?.()}, and /etc/passwd has none. Run as a user that is ` +
      'listed there, or set DATABASE_ADMIN_URL to the URL of a PostgreSQL 18 server.',
    { cause },
  );
}
