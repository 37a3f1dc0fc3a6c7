import { resolve } from 'node:path';
import { Settings } from '@exempla/rpc';

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
  /** How long an upload that broke off can go on. */
  readonly uploadKeepMs: number;
  /** Of tenants that have no budget of their own, in millionths of the unit of prices; undefined: no limit. */
  readonly budgetMicros: bigint | undefined;
  /** How long a budget is for. */
  readonly budgetPeriod: 'month' | 'day';
}

/** The only reader of the environment. Throws naming the variable that is wrong. */
export async function readConfig(settings: Settings = new Settings('storage')): Promise<StorageConfig> {
  const databaseUrl = await settings.secret('DATABASE_URL');
  if (databaseUrl === undefined) {
    throw new Error('DATABASE_URL (or DATABASE_URL_FILE) is not set: postgresql://role:password@host:port/database');
  }
  const databaseAdminUrl = await settings.secret('DATABASE_ADMIN_URL');
  for (const [name, url] of Object.entries({ DATABASE_URL: databaseUrl, DATABASE_ADMIN_URL: databaseAdminUrl }))
    if (url !== undefined && !/^postgres(?:ql)?:$/.test(URL.parse(url)?.protocol ?? ''))
      // It holds a password, and is not shown.
      throw new Error(`${name} is not a URL such as postgresql://role:password@host:port/database`);
  const poolMaxSize = settings.integer('DB_POOL_MAX_SIZE', 50, { min: 1, max: 1_000 });
  const poolMinSize = settings.integer('DB_POOL_MIN_SIZE', Math.min(10, poolMaxSize), { min: 0, max: poolMaxSize });
  const maxObjectBytes = settings.integer('EXEMPLA_STORAGE_MAX_OBJECT_BYTES', 2 ** 30, { min: 0, max: 2 ** 50 });
  return Object.freeze({
    host: settings.text('EXEMPLA_STORAGE_HOST', '127.0.0.1'),
    port: settings.port('EXEMPLA_STORAGE_PORT', 50054),
    databaseUrl,
    databaseAdminUrl,
    databaseWaitMs: settings.integer('EXEMPLA_STORAGE_DATABASE_WAIT_MS', 30_000, { min: 0, max: 600_000 }),
    statementTimeoutMs: settings.integer('EXEMPLA_STORAGE_STATEMENT_TIMEOUT_MS', 10_000, { min: 1, max: 300_000 }),
    poolMinSize,
    poolMaxSize,
    poolTimeoutMs: settings.seconds('DB_POOL_TIMEOUT', 30, { to: 3600 }),
    objectsDirectory: resolve(settings.text('EXEMPLA_STORAGE_OBJECTS_DIR', '.exempla/objects')),
    maxObjectBytes: BigInt(maxObjectBytes),
    uploadKeepMs: settings.seconds('EXEMPLA_STORAGE_UPLOAD_KEEP', 86_400),
    budgetMicros: budgetOf(settings),
    budgetPeriod: settings.choice('EXEMPLA_STORAGE_BUDGET_PERIOD', 'month', ['month', 'day']),
  });
}

const MAX_BUDGET_MICROS = 10 ** 15;

/** 0 is a limit too: nothing that costs anything. */
function budgetOf(settings: Settings): bigint | undefined {
  if (settings.text('EXEMPLA_STORAGE_BUDGET_MICROS', '') === '') return undefined;
  return BigInt(settings.integer('EXEMPLA_STORAGE_BUDGET_MICROS', 0, { min: 0, max: MAX_BUDGET_MICROS }));
}

/** For commands: what the service would have, and where the person stands (npm runs scripts elsewhere). */
export async function readCommandConfig(
  settings: Settings = new Settings('storage'),
): Promise<StorageConfig & { readonly workingDirectory: string }> {
  return { ...(await readConfig(settings)), workingDirectory: resolve(settings.text('INIT_CWD', '.')) };
}
