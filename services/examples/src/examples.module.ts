import type { Logger } from '@exempla/telemetry';
import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { WordnetProvider } from './adapters/wordnet-provider.ts';
import type { ExamplesConfig } from './config.ts';
import { EXAMPLE_PROVIDERS, ExampleController } from './grpc/example.controller.ts';

@Module({})
export class ExamplesModule implements OnApplicationShutdown {
  constructor(@Inject(WordnetProvider) private readonly wordnet: WordnetProvider) {}

  static register(config: ExamplesConfig, log: Logger): DynamicModule {
    return {
      module: ExamplesModule,
      controllers: [ExampleController],
      providers: [
        // Resolves with the lexicon loaded: the service does not listen before.
        { provide: WordnetProvider, useFactory: () => startWordnet(config, log) },
        {
          provide: EXAMPLE_PROVIDERS,
          inject: [WordnetProvider],
          useFactory: (wordnet: WordnetProvider) => [wordnet],
        },
      ],
    };
  }

  /** Ends the worker. */
  async onApplicationShutdown(): Promise<void> {
    await this.wordnet.close();
  }
}

const startWordnet = ({ wordnetFolder }: ExamplesConfig, log: Logger): Promise<WordnetProvider> =>
  WordnetProvider.start({
    folder: wordnetFolder,
    onReplaced: (why) => log.warn({ event: 'worker-replaced', why }, 'the lexicon worker was replaced'),
  });
