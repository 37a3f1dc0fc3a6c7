import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Settings } from '@exempla/rpc';
import { readConfig } from '../src/config.ts';

const configOf = (env: NodeJS.ProcessEnv) => readConfig(new Settings('storage', env));

const DATABASE_URL = 'postgresql://storage:secret@127.0.0.1:5432/exempla';
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exempla-config-'));
  await writeFile(join(directory, 'url'), `${DATABASE_URL}\n`);
  await writeFile(join(directory, 'empty'), '\n');
});
afterAll(() => rm(directory, { recursive: true }));

describe('readConfig', () => {
  it('has a default for everything but the database (S3-91, S3-92, S3-93, S3-98)', async () => {
    const config = await configOf({ DATABASE_URL });
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 50054,
      databaseUrl: DATABASE_URL,
      databaseAdminUrl: undefined,
      poolMinSize: 10,
      poolMaxSize: 50,
      poolTimeoutMs: 30_000,
      statementTimeoutMs: 10_000,
      maxObjectBytes: 1_073_741_824n,
    });
    expect(config.objectsDirectory).toMatch(/\/\.exempla\/objects$/);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it.each(['exempla', 'mysql://storage:s3cret@127.0.0.1/exempla', '127.0.0.1:5432'])(
    'refuses %s as a database, without showing it',
    async (url) => {
      await expect(configOf({ DATABASE_URL: url })).rejects.toThrow(/^DATABASE_URL is not a URL such as postgresql:/);
      await expect(configOf({ DATABASE_URL, DATABASE_ADMIN_URL: url })).rejects.toThrow(
        /^DATABASE_ADMIN_URL is not a URL/,
      );
    },
  );

  it('reads secrets from files', async () => {
    const file = join(directory, 'url');
    const config = await configOf({ DATABASE_URL_FILE: file, DATABASE_ADMIN_URL_FILE: file });
    expect([config.databaseUrl, config.databaseAdminUrl]).toEqual([DATABASE_URL, DATABASE_URL]);
  });

  it.each([
    ['30', 30_000],
    ['30s', 30_000],
    ['0.5', 500],
  ])('takes %s as the time to wait for a connection', async (DB_POOL_TIMEOUT, ms) => {
    expect((await configOf({ DATABASE_URL, DB_POOL_TIMEOUT })).poolTimeoutMs).toBe(ms);
  });

  it('keeps fewer connections ready when fewer are allowed', async () => {
    expect(await configOf({ DATABASE_URL, DB_POOL_MAX_SIZE: '4' })).toMatchObject({ poolMinSize: 4, poolMaxSize: 4 });
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['DATABASE_URL (or DATABASE_URL_FILE) is not set', {}],
    ['DATABASE_URL and DATABASE_URL_FILE are both set', { DATABASE_URL, DATABASE_URL_FILE: 'x' }],
    ['DATABASE_URL_FILE cannot be read', { DATABASE_URL_FILE: '/nowhere/url' }],
    ['EXEMPLA_STORAGE_PORT is "http"', { DATABASE_URL, EXEMPLA_STORAGE_PORT: 'http' }],
    ['EXEMPLA_STORAGE_PORT is "65536"', { DATABASE_URL, EXEMPLA_STORAGE_PORT: '65536' }],
    ['DB_POOL_MIN_SIZE is "9"', { DATABASE_URL, DB_POOL_MIN_SIZE: '9', DB_POOL_MAX_SIZE: '8' }],
    ['DB_POOL_MAX_SIZE is "0"', { DATABASE_URL, DB_POOL_MAX_SIZE: '0' }],
    ['DB_POOL_TIMEOUT is "soon"', { DATABASE_URL, DB_POOL_TIMEOUT: 'soon' }],
    ['EXEMPLA_STORAGE_MAX_OBJECT_BYTES is "1GB"', { DATABASE_URL, EXEMPLA_STORAGE_MAX_OBJECT_BYTES: '1GB' }],
  ])('says: %s', async (message, env) => {
    await expect(configOf(env)).rejects.toThrow(message);
  });

  it('takes an empty secret file as not set', async () => {
    await expect(configOf({ DATABASE_URL_FILE: join(directory, 'empty') })).rejects.toThrow('is not set');
  });
});
