import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactoryProvider } from '@nestjs/common';
import { readImage } from '@exempla/contracts';
import { BudgetServiceDefinition } from '@exempla/contracts/storage/v1/budget_service';
import { ChildStoreServiceDefinition } from '@exempla/contracts/storage/v1/child_store_service';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { EventStoreServiceDefinition } from '@exempla/contracts/storage/v1/event_store_service';
import { HeroStoreServiceDefinition } from '@exempla/contracts/storage/v1/hero_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';
import { type Channel, createClient, openChannel, type RpcClient, type ServeOptions, startServer } from '@exempla/rpc';
import { type RecordingLogger, recordingLogger } from '@exempla/testing';
import { DiskObjects } from '../src/adapters/disk-objects.ts';
import { PostgresPool } from '../src/adapters/postgres-pool.ts';
import type { StorageConfig } from '../src/config.ts';
import { errorTable } from '../src/grpc/error-codes.ts';
import { StorageModule } from '../src/storage.module.ts';

export interface TestService {
  readonly port: number;
  readonly channel: Channel;
  readonly budgets: RpcClient<typeof BudgetServiceDefinition>;
  readonly children: RpcClient<typeof ChildStoreServiceDefinition>;
  readonly heroes: RpcClient<typeof HeroStoreServiceDefinition>;
  readonly stories: RpcClient<typeof StoryStoreServiceDefinition>;
  readonly definitions: RpcClient<typeof DefinitionStoreServiceDefinition>;
  readonly objects: RpcClient<typeof ObjectServiceDefinition>;
  readonly events: RpcClient<typeof EventStoreServiceDefinition>;
  readonly directory: string;
  readonly disk: DiskObjects;
  readonly pool: PostgresPool;
  readonly log: RecordingLogger;
  stop(): Promise<void>;
}

/** The real module behind a real port, and clients of it. */
export async function startService(
  database: { url: string; adminUrl: string },
  change: Partial<StorageConfig> = {},
  serve: Partial<ServeOptions> = {},
): Promise<TestService> {
  const directory = await mkdtemp(join(tmpdir(), 'exempla-storage-'));
  const config: StorageConfig = {
    host: '127.0.0.1',
    port: 0,
    databaseUrl: database.url,
    databaseAdminUrl: database.adminUrl,
    databaseWaitMs: 5_000,
    statementTimeoutMs: 10_000,
    poolMinSize: 2,
    poolMaxSize: 50,
    poolTimeoutMs: 30_000,
    objectsDirectory: directory,
    maxObjectBytes: 2n ** 30n,
    uploadKeepMs: 86_400_000,
    budgetMicros: undefined,
    budgetPeriod: 'month',
    ...change,
  };
  const log = recordingLogger('storage');
  const module = StorageModule.register(config, log.logger);
  const made = new Map<unknown, unknown>();
  for (const provider of module.providers as FactoryProvider[]) {
    const { useFactory, provide } = provider;
    provider.useFactory = async (...parts: unknown[]) => {
      const part: unknown = await useFactory(...parts);
      made.set(provide, part);
      return part;
    };
  }
  const server = await startServer({
    service: 'storage',
    host: config.host,
    port: config.port,
    module,
    definitions: StorageModule.services,
    image: await readImage(),
    errors: errorTable,
    logger: log.logger,
    env: { EXEMPLA_DEV: '1' },
    drainNoticeMs: 0,
    ...serve,
  });
  const channel = openChannel(`127.0.0.1:${server.port}`);
  return {
    port: server.port,
    channel,
    budgets: createClient(BudgetServiceDefinition, channel),
    children: createClient(ChildStoreServiceDefinition, channel),
    heroes: createClient(HeroStoreServiceDefinition, channel),
    stories: createClient(StoryStoreServiceDefinition, channel),
    definitions: createClient(DefinitionStoreServiceDefinition, channel),
    objects: createClient(ObjectServiceDefinition, channel),
    events: createClient(EventStoreServiceDefinition, channel),
    directory,
    disk: made.get(DiskObjects) as DiskObjects,
    pool: made.get(PostgresPool) as PostgresPool,
    log,
    stop: async () => {
      channel.close();
      await server.stop();
      await rm(directory, { recursive: true });
    },
  };
}
