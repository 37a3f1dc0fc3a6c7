import 'reflect-metadata';
import { readImage } from '@exempla/contracts';
import { ChildServiceDefinition } from '@exempla/contracts/orchestrator/v1/child_service';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { HeroServiceDefinition } from '@exempla/contracts/orchestrator/v1/hero_service';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { serve } from '@exempla/rpc';
import { readConfig } from './config.ts';
import { errorTable } from './grpc/error-codes.ts';
import { OrchestratorModule } from './orchestrator.module.ts';

await serve('orchestrator', async (settings, logger) => {
  const config = await readConfig(settings);
  return {
    host: config.host,
    port: config.port,
    module: OrchestratorModule.register(config, logger),
    definitions: [DefinitionServiceDefinition, StoryServiceDefinition, ChildServiceDefinition, HeroServiceDefinition],
    image: await readImage(),
    errors: errorTable,
  };
});
