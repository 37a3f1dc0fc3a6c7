import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { ServeOptions } from '@exempla/rpc';
import { type Logger, METRICS, processMetrics } from '@exempla/telemetry';
import { DiskObjects } from './adapters/disk-objects.ts';
import { warnOfEmptyDirectory } from './adapters/objects-directory-check.ts';
import { openDatabase } from './adapters/open-database.ts';
import { openEvents, type OpenEvents } from './adapters/open-events.ts';
import { PageTokenKey } from './adapters/page-token-key.ts';
import { PostgresBudgets } from './adapters/postgres-budgets.ts';
import { PostgresDefinitions } from './adapters/postgres-definitions.ts';
import { PostgresObjects } from './adapters/postgres-objects.ts';
import { PostgresPool } from './adapters/postgres-pool.ts';
import { PostgresRecords } from './adapters/postgres-records.ts';
import { SweepTimer } from './adapters/sweep-timer.ts';
import type { StorageConfig } from './config.ts';
import { BUDGET_STORE, BudgetController } from './grpc/budget.controller.ts';
import { ChildController } from './grpc/child.controller.ts';
import { DEFINITION_STORE, DefinitionController } from './grpc/definition.controller.ts';
import { EVENT_PORTS, EventController } from './grpc/event.controller.ts';
import { HeroController } from './grpc/hero.controller.ts';
import { OBJECT_PORTS, ObjectController } from './grpc/object.controller.ts';
import { RECORD_STORE } from './grpc/record-store.ts';
import { services } from './grpc/services.ts';
import { StoryController } from './grpc/story.controller.ts';
import { BytesCollector, type UploadKeeping, type UploadPorts } from './objects/index.ts';

/** After a crash an upload can go on when this is over. */
const UPLOAD_LEASE_MS = 12_000;
/** Half a second of a fast disk. */
const UPLOAD_CHECKPOINT_BYTES = 64n << 20n;

@Module({})
export class StorageModule implements OnApplicationShutdown {
  constructor(
    @Inject(PostgresPool) private readonly pool: PostgresPool,
    @Inject(SweepTimer) private readonly sweep: SweepTimer,
    @Inject(EVENT_PORTS) private readonly events: OpenEvents,
  ) {}

  static register(config: StorageConfig, log: Logger): DynamicModule {
    return {
      module: StorageModule,
      controllers: [
        BudgetController,
        ChildController,
        HeroController,
        StoryController,
        DefinitionController,
        ObjectController,
        EventController,
      ],
      providers: [
        { provide: PostgresPool, useFactory: () => openDatabase(config, log) },
        {
          provide: DiskObjects,
          inject: [PostgresPool],
          useFactory: (pool: PostgresPool) => preparedDisk(pool, config, log),
        },
        {
          provide: BUDGET_STORE,
          inject: [PostgresPool],
          useFactory: (pool: PostgresPool) => budgets(pool, config, log),
        },
        {
          provide: DEFINITION_STORE,
          inject: [PostgresPool],
          useFactory: (pool: PostgresPool) => new PostgresDefinitions(pool),
        },
        {
          provide: RECORD_STORE,
          inject: [PostgresPool, EVENT_PORTS],
          useFactory: (pool: PostgresPool, events: OpenEvents) => new PostgresRecords(pool, events.onAppended),
        },
        {
          provide: OBJECT_PORTS,
          inject: [PostgresPool, DiskObjects],
          useFactory: (pool: PostgresPool, bytes: DiskObjects) => objectPorts(pool, bytes, config, log),
        },
        {
          provide: EVENT_PORTS,
          inject: [PostgresPool],
          useFactory: (pool: PostgresPool) => openEvents({ ...config, pool, key: new PageTokenKey(pool), log }),
        },
        {
          provide: SweepTimer,
          inject: [OBJECT_PORTS],
          useFactory: (ports: UploadPorts) => SweepTimer.start({ ...ports, budgetMs: config.statementTimeoutMs, log }),
        },
      ],
    };
  }

  static readonly services = services;

  /** Without its database the service cannot answer anything. */
  static dependencies: NonNullable<ServeOptions['dependencies']> = (get) => [
    { name: 'database', check: (signal) => get(PostgresPool).ping(signal) },
  ];

  /** Ends every connection. */
  async onApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
    await this.events.stop();
    await this.pool.close();
  }
}

function budgets(pool: PostgresPool, { budgetMicros, budgetPeriod }: StorageConfig, log: Logger): PostgresBudgets {
  const expired = processMetrics.counter(METRICS.reservationsExpired);
  // From the start there is something that an increase can be seen of.
  expired.add(0);
  return new PostgresBudgets(pool, {
    defaultLimitMicros: budgetMicros,
    period: budgetPeriod,
    onExpired: (tenant, { reservations, micros }) => {
      expired.add(reservations);
      log.warn({ tenant, reservations, micros: String(micros) }, 'reservations expired: nobody said what was used');
    },
  });
}

async function preparedDisk(pool: PostgresPool, config: StorageConfig, log: Logger): Promise<DiskObjects> {
  const disk = new DiskObjects(config.objectsDirectory);
  await disk.prepare();
  await warnOfEmptyDirectory(disk, pool, { ...config, log });
  return disk;
}

function objectPorts(pool: PostgresPool, bytes: DiskObjects, config: StorageConfig, log: Logger): UploadPorts {
  const index = new PostgresObjects(pool);
  const collector = new BytesCollector({
    index,
    bytes,
    budgetMs: config.statementTimeoutMs,
    onPostponed: ({ sha256 }, err) => log.warn({ sha256, err }, 'clean-up of bytes postponed'),
  });
  const keeping: UploadKeeping = {
    keepMs: config.uploadKeepMs,
    leaseMs: UPLOAD_LEASE_MS,
    checkpointBytes: UPLOAD_CHECKPOINT_BYTES,
    budgetMs: config.statementTimeoutMs,
    onNotKept: (upload, err) => log.warn({ upload, err }, 'less of an upload is kept than could be'),
  };
  return { index, bytes, collector, maxObjectBytes: config.maxObjectBytes, keeping };
}
