import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { serve } from '@exempla/rpc';
import { createLogger } from '@exempla/telemetry';
import { readConfig } from './config.ts';
import { ExamplesModule } from './examples.module.ts';
import { errorTable } from './grpc/error-codes.ts';

const config = readConfig();
const logger = createLogger({ service: 'examples' });

await serve({
  service: 'examples',
  host: config.host,
  port: config.port,
  module: ExamplesModule.register(config, logger),
  definitions: [ExampleServiceDefinition],
  image: await readImage(),
  errors: errorTable,
  logger,
});
