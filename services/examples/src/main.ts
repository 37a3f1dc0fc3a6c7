import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { serve } from '@exempla/rpc';
import { readConfig } from './config.ts';
import { errorTable } from './grpc/error-codes.ts';
import { ExamplesModule } from './examples.module.ts';

await serve('examples', async (settings, logger) => {
  const config = await readConfig(settings);
  return {
    host: config.host,
    port: config.port,
    module: ExamplesModule.register(config, logger),
    definitions: [ExampleServiceDefinition],
    image: await readImage(),
    errors: errorTable,
  };
});
