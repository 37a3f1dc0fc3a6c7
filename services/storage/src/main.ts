import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
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
    definitions: StorageModule.services,
    image: await readImage(),
    errors: errorTable,
    dependencies: StorageModule.dependencies,
  };
});
