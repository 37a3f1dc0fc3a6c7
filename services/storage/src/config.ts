import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** Settings of the storage service; README.md lists the variables. */
export interface StorageConfig {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  /** The role the service works with. */
  readonly databaseUrl: string;
  /** The owner of the schema; without it the service does not migrate. */
  readonly databaseAdminUrl: string | undefined;
  /** Longest wait for the database at start. */
  readonly databaseWaitMs: number;
  readonly statementTimeoutMs: number;
  readonly poolMinSize: number;
  readonly poolMaxSize: number;
  readonly poolTimeoutMs: number;
  readonly objectsDirectory: string;
  readonly maxObjectBytes: bigint;
}

const PREFIX = 'EXEMPLA_STORAGE_';

/** The only reader of the environment. Throws naming the variable that is wrong. */
export async function readConfig(env: NodeJS.ProcessEnv = process.env): Promise<StorageConfig> {
  const text = (name: string, fallback: string): string => env[name] || fallback;
  const number = (name: string, fallback: number, min: number, max: number): number => {
    const raw = text(name, String(fallback));
    const value = Number(raw);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    throw new Error(`${name} is "${raw}"; it has to be a whole number from ${min} to ${max}`);
  };
  const databaseUrl = await secret(env, 'DATABASE_URL');
  if (databaseUrl === undefined) {
    throw new Error('DATABASE_URL (or DATABASE_URL_FILE) is not set: postgresql://role:password@host:port/database');
  }
  const poolMaxSize = number('DB_POOL_MAX_SIZE', 50, 1, 1_000);
  return Object.freeze({
    host: text(`${PREFIX}HOST`, '127.0.0.1'),
    port: number(`${PREFIX}PORT`, 50054, 0, 65_535),
    databaseUrl,
    databaseAdminUrl: await secret(env, 'DATABASE_ADMIN_URL'),
    databaseWaitMs: number(`${PREFIX}DATABASE_WAIT_MS`, 30_000, 0, 600_000),
    statementTimeoutMs: number(`${PREFIX}STATEMENT_TIMEOUT_MS`, 10_000, 1, 300_000),
    poolMinSize: number('DB_POOL_MIN_SIZE', Math.min(10, poolMaxSize), 0, poolMaxSize),
    poolMaxSize,
    poolTimeoutMs: seconds(text('DB_POOL_TIMEOUT', '30')),
    objectsDirectory: resolve(text(`${PREFIX}OBJECTS_DIR`, '.exempla/objects')),
    maxObjectBytes: BigInt(number(`${PREFIX}MAX_OBJECT_BYTES`, 2 ** 30, 0, 2 ** 50)),
  });
}

/** `NAME`, or the content of the file that `NAME_FILE` names. */
async function secret(env: NodeJS.ProcessEnv, name: string): Promise<string | undefined> {
  const file = env[`${name}_FILE`];
  if (env[name]) {
    if (file) throw new Error(`${name} and ${name}_FILE are both set: unset one`);
    return env[name];
  }
  if (!file) return undefined;
  try {
    return (await readFile(file, 'utf8')).trim() || undefined;
  } catch (error) {
    throw new Error(`${name}_FILE cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** Seconds, with or without the unit: `30`, `30s`, `0.5`. */
function seconds(raw: string): number {
  const [, value] = /^(\d+(?:\.\d+)?)s?$/.exec(raw) ?? [];
  if (value === undefined) throw new Error(`DB_POOL_TIMEOUT is "${raw}"; it has to be seconds, such as 30`);
  return Math.round(Number(value) * 1_000);
}
