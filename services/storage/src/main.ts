import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { EventStoreServiceDefinition } from '@exempla/contracts/storage/v1/event_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { serve } from '@exempla/rpc';
import { readConfig } from './config.ts';
import { errorTable } from './grpc/error-codes.ts';
import { StorageModule } from './storage.module.ts';

await serve('storage', async (settings, logger) => {
  const config = await readConfig(settings);
  return {
    host: config.host,
    port: config.port,
    module: StorageModule.register(config, logger),
    definitions: [DefinitionStoreServiceDefinition, ObjectServiceDefinition, EventStoreServiceDefinition],
    image: await readImage(),
    errors: errorTable,
    dependencies: StorageModule.dependencies,
  };
});
