import { randomUUID } from 'node:crypto';
import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { ChildStoreServiceDefinition } from '@exempla/contracts/storage/v1/child_store_service';
import { DefinitionStoreServiceDefinition } from '@exempla/contracts/storage/v1/definition_store_service';
import { HeroStoreServiceDefinition } from '@exempla/contracts/storage/v1/hero_store_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { StoryStoreServiceDefinition } from '@exempla/contracts/storage/v1/story_store_service';
import { createClient, openChannel, type Channel } from '@exempla/rpc';
import { processMetrics, type Logger } from '@exempla/telemetry';
import { type BudgetedText, GenerationInfos } from '@exempla/text';
import { EqualStories } from './adapters/equal-stories.ts';
import { GenerationBooks, NO_BOOKS } from './adapters/generation-books.ts';
import { GrammarThread } from './adapters/grammar-thread.ts';
import { GrammarWriter } from './adapters/grammar-writer.ts';
import { fallbackCounter, openText, writersIn } from './adapters/open-writers.ts';
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

/** Where an upstream keeps books of what it took. */
function openBooks({ text }: OrchestratorConfig, { storage }: Peers, logger: Log): GenerationBooks | undefined {
  const upstreams = text?.upstreams.filter(({ generationInfoUrl }) => generationInfoUrl !== undefined) ?? [];
  if (upstreams.length === 0) return undefined;
  const store = createClient(StoryStoreServiceDefinition, storage);
  return new GenerationBooks(new GenerationInfos(upstreams), store, { logger });
}

function storyPorts(config: OrchestratorConfig, { audio, storage }: Peers, writing: Writing): StoryPorts {
  const { thread, text, books } = writing;
  const grammar = new GrammarWriter(thread);
  const objects = createClient(ObjectServiceDefinition, storage);
  return {
    writers: writersIn(config.writers, { grammar, text, options: config.text }),
    judge: grammar,
    narrator: new RpcNarrator(createClient(SpeechServiceDefinition, audio), objects),
    stories: new RpcStories(createClient(StoryStoreServiceDefinition, storage)),
    children: new RpcChildren(createClient(ChildStoreServiceDefinition, storage)),
    heroes: new RpcHeroes(createClient(HeroStoreServiceDefinition, storage)),
    bookkeeper: books ?? NO_BOOKS,
    equalRequests: new EqualStories(),
    countFallback: fallbackCounter(processMetrics),
    readFailure,
    newId: randomUUID,
    now: () => performance.now(),
  };
}

type Log = Pick<Logger, 'warn' | 'error'>;

/** What writes; opened once, and closed with the application. */
class Writing implements OnApplicationShutdown {
  readonly thread: GrammarThread;
  readonly text: BudgetedText | undefined;
  readonly books: GenerationBooks | undefined;

  constructor(thread: GrammarThread, text: BudgetedText | undefined, books: GenerationBooks | undefined) {
    this.thread = thread;
    this.text = text;
    this.books = books;
  }

  static async open(config: OrchestratorConfig, peers: Peers, logger: Log): Promise<Writing> {
    return new Writing(await startGrammar(), openText(config, logger), openBooks(config, peers, logger));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.thread.close(), this.text?.[Symbol.asyncDispose](), this.books?.[Symbol.asyncDispose]()]);
  }
}

@Module({})
export class OrchestratorModule {
  static register(config: OrchestratorConfig, logger: Log): DynamicModule {
    return {
      module: OrchestratorModule,
      controllers: [ChildController, DefinitionController, HeroController, StoryController],
      providers: [
        { provide: Peers, useFactory: () => new Peers(config) },
        { provide: DEFINITION_PORTS, useFactory: definitionPorts, inject: [Peers] },
        { provide: Writing, useFactory: (peers: Peers) => Writing.open(config, peers, logger), inject: [Peers] },
        {
          provide: STORY_PORTS,
          useFactory: (peers: Peers, writing: Writing) => storyPorts(config, peers, writing),
          inject: [Peers, Writing],
        },
      ],
    };
  }
}
