import { randomUUID } from 'node:crypto';
import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { createClient, openChannel, type Channel } from '@exempla/rpc';
import { readFailure } from './adapters/peer-errors.ts';
import { RpcArchive } from './adapters/rpc-archive.ts';
import { RpcNarrator } from './adapters/rpc-narrator.ts';
import { RpcTerms } from './adapters/rpc-terms.ts';
import type { OrchestratorConfig } from './config.ts';
import type { DefinitionPorts } from './definitions/index.ts';
import { DEFINITION_PORTS, DefinitionController } from './grpc/definition.controller.ts';

/** The channels to the other services; closed with the application. */
class Peers implements OnApplicationShutdown {
  readonly examples: Channel;
  readonly audio: Channel;
  readonly storage: Channel;

  constructor(config: OrchestratorConfig) {
    this.examples = openChannel(config.examplesTarget, [ExampleServiceDefinition]);
    this.audio = openChannel(config.audioTarget, [SpeechServiceDefinition]);
    this.storage = openChannel(config.storageTarget, [DefinitionStoreServiceDefinition, ObjectServiceDefinition]);
  }

  onApplicationShutdown(): void {
    for (const channel of [this.examples, this.audio, this.storage]) channel.close();
  }
}

function definitionPorts({ examples, audio, storage }: Peers): DefinitionPorts {
  const objects = createClient(ObjectServiceDefinition, storage);
  return {
    terms: new RpcTerms(createClient(ExampleServiceDefinition, examples)),
    narrator: new RpcNarrator(createClient(SpeechServiceDefinition, audio), objects),
    archive: new RpcArchive(createClient(DefinitionStoreServiceDefinition, storage)),
    readFailure,
    newId: randomUUID,
    now: () => performance.now(),
  };
}

@Module({})
export class OrchestratorModule {
  static register(config: OrchestratorConfig): DynamicModule {
    return {
      module: OrchestratorModule,
      controllers: [DefinitionController],
      providers: [
        { provide: Peers, useFactory: () => new Peers(config) },
        { provide: DEFINITION_PORTS, useFactory: definitionPorts, inject: [Peers] },
      ],
    };
  }
}
