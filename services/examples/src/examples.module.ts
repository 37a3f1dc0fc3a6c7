import { processMetrics, type Logger } from '@exempla/telemetry';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { openText, type OpenText, providersOf } from './adapters/open-providers.ts';
import { WordnetProvider } from './adapters/wordnet-provider.ts';
import type { ExamplesConfig } from './config.ts';
import { EXAMPLE_PROVIDERS, ExampleController } from './grpc/example.controller.ts';

/** What is opened once and closed with the service. */
const WORDNET = Symbol('WordNet');
const TEXT = Symbol('text from models');
type Wordnet = WordnetProvider | undefined;

@Module({})
export class ExamplesModule implements OnApplicationShutdown {
  constructor(
    @Inject(WORDNET) private readonly wordnet: Wordnet,
    @Inject(TEXT) private readonly text: OpenText,
  ) {}

  static register(config: ExamplesConfig, log: Logger): DynamicModule {
    const plan = { order: config.providers, text: config.text };
    return {
      module: ExamplesModule,
      controllers: [ExampleController],
      providers: [
        // Resolves with the lexicon loaded: the service does not listen before.
        { provide: WORDNET, useFactory: () => startWordnet(config, log) },
        { provide: TEXT, useFactory: () => openText(config, log) },
        {
          provide: EXAMPLE_PROVIDERS,
          inject: [WORDNET, TEXT],
          useFactory: (wordnet: Wordnet, text: OpenText) =>
            providersOf(plan, { wordnet, text, metrics: processMetrics }),
        },
      ],
    };
  }

  /** Ends the worker, and what is under way at models. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.wordnet?.close(), this.text?.[Symbol.asyncDispose]()]);
  }
}

/** Only where it is asked: it takes 34 MB. */
async function startWordnet({ providers, wordnetFolder }: ExamplesConfig, log: Logger): Promise<Wordnet> {
  if (!providers.includes('lexical')) return undefined;
  return WordnetProvider.start({
    folder: wordnetFolder,
    onReplaced: (why) => log.warn({ event: 'worker-replaced', why }, 'the lexicon worker was replaced'),
  });
}
