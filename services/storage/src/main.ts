import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { serve } from '@exempla/rpc';
import { createLogger } from '@exempla/telemetry';
import { readConfig } from './config.ts';
import { errorTable } from './grpc/error-codes.ts';
import { StorageModule } from './storage.module.ts';

const config = await readConfig();
const logger = createLogger({ service: 'storage' });

await serve({
  service: 'storage',
  host: config.host,
  port: config.port,
  module: StorageModule.register(config, logger),
  definitions: [DefinitionStoreServiceDefinition, ObjectServiceDefinition],
  image: await readImage(),
  errors: errorTable,
  logger,
});
