import { readFile } from 'node:fs/promises';
import { GATEWAY, SERVICES, variable } from '@exempla/launch';
import { ConfigError } from './problems.ts';

/** What the environment says. */
export interface Config {
  /** A PostgreSQL server to use in place of the embedded one. */
  adminUrl: string | undefined;
  /** With it, the role that storage serves with. */
  url: string | undefined;
  /** Ports of `npm run up`. */
  ports: Readonly<Record<string, number>>;
  /** Columns, where standard output is not a terminal. */
  columns: number;
  /** Where a running mesh is reached, by service. */
  targets: Readonly<Record<string, string>>;
  /** Who calls it. */
  caller: CallerConfig;
  /** What services inherit. */
  env: NodeJS.ProcessEnv;
}

export interface CallerConfig {
  /** A JWT; undefined where callers need none. */
  token: string | undefined;
  /** In development; elsewhere the token says it. */
  tenant: string | undefined;
}

const DEFAULT_COLUMNS = 100;

/** The only reader of the environment. Throws naming the variable that cannot be used. */
export async function readConfig(env: NodeJS.ProcessEnv = process.env): Promise<Config> {
  const ports = [GATEWAY, ...SERVICES].map(({ name, port: usual }) => {
    const port = portOf(env, variable(name, 'PORT'), usual);
    return [name, port, targetOf(env, variable(name, 'TARGET'), `127.0.0.1:${port}`)] as const;
  });
  return Object.freeze({
    adminUrl: await urlOf(env, 'DATABASE_ADMIN_URL'),
    url: await urlOf(env, 'DATABASE_URL'),
    ports: Object.freeze(Object.fromEntries(ports.map(([name, port]) => [name, port]))),
    targets: Object.freeze(Object.fromEntries(ports.map(([name, , target]) => [name, target]))),
    caller: Object.freeze({ token: await secretOf(env, 'EXEMPLA_TOKEN'), tenant: env['EXEMPLA_TENANT'] || undefined }),
    columns: Number(env['COLUMNS']) || DEFAULT_COLUMNS,
    env,
  });
}

function portOf(env: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new ConfigError(`${name} is "${text}"; it has to be a port from 1 to 65535`);
}

/** `host:port`, or a name of gRPC such as `dns:///storage:50054`. */
function targetOf(env: NodeJS.ProcessEnv, name: string, fallback: string): string {
  const text = env[name]?.trim();
  if (!text) return fallback;
  if (/^(?:[a-z0-9+.-]+:\/{0,3})?[^\s/]+:\d{1,5}(?:,[^\s]+)?$/i.test(text) && !/^https?:/i.test(text)) return text;
  throw new ConfigError(`${name} is "${text}"; it has to be host:port, such as ${fallback}`);
}

/** It holds a password: what is wrong with it is not shown. */
async function urlOf(env: NodeJS.ProcessEnv, name: string): Promise<string | undefined> {
  const url = await secretOf(env, name);
  if (url === undefined || /^postgres(?:ql)?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
  throw new ConfigError(`${name} is no URL such as postgresql://user:password@host:5432/database`);
}

/** `NAME`, or the content of the file that `NAME_FILE` names. */
async function secretOf(env: NodeJS.ProcessEnv, name: string): Promise<string | undefined> {
  const file = env[`${name}_FILE`];
  if (env[name] || !file) return env[name] || undefined;
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new ConfigError(`${name}_FILE cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
