import { readFile } from 'node:fs/promises';
import { GATEWAY, SERVICES, variable } from '@exempla/launch/services';
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

/** Told of a variable that cannot be used; when it returns, the default is taken. */
export type OnProblem = (problem: ConfigError) => void;

const refuse: OnProblem = (problem) => {
  throw problem;
};

/** The only reader of the environment. Throws naming the variable that cannot be used, unless `onProblem` takes it. */
export async function readConfig(env: NodeJS.ProcessEnv = process.env, onProblem: OnProblem = refuse): Promise<Config> {
  const read = new Environment(env, onProblem);
  const ports = [GATEWAY, ...SERVICES].map(({ name, port: usual }) => {
    const port = read.port(variable(name, 'PORT'), usual);
    return [name, port, read.target(variable(name, 'TARGET'), `127.0.0.1:${port}`)] as const;
  });
  return Object.freeze({
    adminUrl: await read.url('DATABASE_ADMIN_URL'),
    url: await read.url('DATABASE_URL'),
    ports: Object.freeze(Object.fromEntries(ports.map(([name, port]) => [name, port]))),
    targets: Object.freeze(Object.fromEntries(ports.map(([name, , target]) => [name, target]))),
    caller: Object.freeze({ token: await read.secret('EXEMPLA_TOKEN'), tenant: env['EXEMPLA_TENANT'] || undefined }),
    columns: Number(env['COLUMNS']) || DEFAULT_COLUMNS,
    env,
  });
}

const TARGET = /^(?!https?:)(?:[a-z0-9+.-]+:\/{0,3})?[^\s/]+:\d{1,5}(?:,\S+)?$/i;

class Environment {
  readonly #env: NodeJS.ProcessEnv;
  readonly #onProblem: OnProblem;

  constructor(env: NodeJS.ProcessEnv, onProblem: OnProblem) {
    this.#env = env;
    this.#onProblem = onProblem;
  }

  port(name: string, fallback: number): number {
    const text = this.#env[name];
    if (text === undefined || text === '') return fallback;
    const port = Number(text);
    if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
    this.#onProblem(new ConfigError(`${name} is "${text}"; it has to be a port from 1 to 65535`));
    return fallback;
  }

  /** `host:port`, or a name of gRPC such as `dns:///storage:50054`. */
  target(name: string, fallback: string): string {
    const text = this.#env[name]?.trim();
    if (!text || TARGET.test(text)) return text || fallback;
    this.#onProblem(new ConfigError(`${name} is "${text}"; it has to be host:port, such as ${fallback}`));
    return fallback;
  }

  /** It holds a password: what is wrong with it is not shown. */
  async url(name: string): Promise<string | undefined> {
    const url = await this.secret(name);
    if (url === undefined || /^postgres(?:ql)?:$/.test(URL.parse(url)?.protocol ?? '')) return url;
    this.#onProblem(new ConfigError(`${name} is not a URL such as postgresql://user:password@host:5432/database`));
    return undefined;
  }

  /** `NAME`, or the content of the file that `NAME_FILE` names. */
  async secret(name: string): Promise<string | undefined> {
    const file = this.#env[`${name}_FILE`];
    if (this.#env[name] || !file) return this.#env[name] || undefined;
    try {
      return (await readFile(file, 'utf8')).trim();
    } catch (error) {
      const { message } = error as Error;
      this.#onProblem(new ConfigError(`${name}_FILE cannot be read: ${message}`, { cause: error }));
      return undefined;
    }
  }
}
