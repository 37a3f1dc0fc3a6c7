import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { serve } from '@exempla/rpc';
import { readConfig } from './config.ts';
import { errorTable } from './grpc/error-codes.ts';
import { OrchestratorModule } from './orchestrator.module.ts';

const config = readConfig();
await serve({
  service: 'orchestrator',
  host: config.host,
  port: config.port,
  module: OrchestratorModule.register(config),
  definitions: [DefinitionServiceDefinition],
  image: await readImage(),
  errors: errorTable,
});
