import { randomUUID } from 'node:crypto';
import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { ChildStoreServiceDefinition } from '@exempla/contracts/storage/v1/child_store_service';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { HeroStoreServiceDefinition } from '@exempla/contracts/storage/v1/hero_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';
import { createClient, openChannel, type Channel } from '@exempla/rpc';
import { GrammarThread } from './adapters/grammar-thread.ts';
import { GrammarWriter } from './adapters/grammar-writer.ts';
import { readFailure } from './adapters/peer-errors.ts';
import { RpcArchive } from './adapters/rpc-archive.ts';
import { RpcChildren } from './adapters/rpc-children.ts';
import { RpcHeroes } from './adapters/rpc-heroes.ts';
import { RpcNarrator } from './adapters/rpc-narrator.ts';
import { RpcStories } from './adapters/rpc-stories.ts';
import { RpcTerms } from './adapters/rpc-terms.ts';
import type { OrchestratorConfig } from './config.ts';
import type { DefinitionPorts } from './definitions/index.ts';
import { ChildController } from './grpc/child.controller.ts';
import { DEFINITION_PORTS, DefinitionController } from './grpc/definition.controller.ts';
import { HeroController } from './grpc/hero.controller.ts';
import { STORY_PORTS } from './grpc/story-ports.ts';
import { StoryController } from './grpc/story.controller.ts';
import type { StoryPorts } from './stories/index.ts';

/** The channels to the other services; closed with the application. */
class Peers implements OnApplicationShutdown {
  readonly examples: Channel;
  readonly audio: Channel;
  readonly storage: Channel;

  constructor(config: OrchestratorConfig) {
    this.examples = openChannel(config.examplesTarget, [ExampleServiceDefinition]);
    this.audio = openChannel(config.audioTarget, [SpeechServiceDefinition]);
    this.storage = openChannel(config.storageTarget, [
      ChildStoreServiceDefinition,
      DefinitionStoreServiceDefinition,
      HeroStoreServiceDefinition,
      ObjectServiceDefinition,
      StoryStoreServiceDefinition,
    ]);
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

/** The service does not listen before it can write. */
async function startGrammar(): Promise<GrammarThread> {
  const thread = new GrammarThread();
  await thread.start();
  return thread;
}

function storyPorts({ audio, storage }: Peers, thread: GrammarThread): StoryPorts {
  const grammar = new GrammarWriter(thread);
  const objects = createClient(ObjectServiceDefinition, storage);
  return {
    writer: grammar,
    judge: grammar,
    narrator: new RpcNarrator(createClient(SpeechServiceDefinition, audio), objects),
    stories: new RpcStories(createClient(StoryStoreServiceDefinition, storage)),
    children: new RpcChildren(createClient(ChildStoreServiceDefinition, storage)),
    heroes: new RpcHeroes(createClient(HeroStoreServiceDefinition, storage)),
    readFailure,
    newId: randomUUID,
    now: () => performance.now(),
  };
}

@Module({})
export class OrchestratorModule implements OnApplicationShutdown {
  constructor(@Inject(GrammarThread) private readonly grammar: GrammarThread) {}

  static register(config: OrchestratorConfig): DynamicModule {
    return {
      module: OrchestratorModule,
      controllers: [ChildController, DefinitionController, HeroController, StoryController],
      providers: [
        { provide: Peers, useFactory: () => new Peers(config) },
        { provide: DEFINITION_PORTS, useFactory: definitionPorts, inject: [Peers] },
        { provide: GrammarThread, useFactory: startGrammar },
        { provide: STORY_PORTS, useFactory: storyPorts, inject: [Peers, GrammarThread] },
      ],
    };
  }

  /** Ends the thread that writes. */
  onApplicationShutdown(): Promise<void> {
    return this.grammar.close();
  }
}
