import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { currentCall } from '@exempla/rpc';
import { METRICS, processMetrics, type Logger } from '@exempla/telemetry';
import { FliteEngine } from './adapters/flite-engine.ts';
import type { AudioConfig } from './config.ts';
import { SpeechController, SYNTHESIZE_SPEECH } from './grpc/speech.controller.ts';
import { synthesizeSpeech, VoiceRegistry, type SynthesizeSpeech } from './speech/index.ts';

@Module({})
export class AudioModule implements OnApplicationShutdown {
  readonly #stopObserving: readonly (() => void)[];

  constructor(@Inject(FliteEngine) private readonly flite: FliteEngine) {
    this.#stopObserving = [
      processMetrics.observe(METRICS.speechBusy, () => [{ value: flite.stats().busy }]),
      processMetrics.observe(METRICS.speechWaiting, () => [{ value: flite.stats().queue }]),
    ];
  }

  static register(config: AudioConfig, logger: Logger): DynamicModule {
    return {
      module: AudioModule,
      controllers: [SpeechController],
      providers: [
        { provide: FliteEngine, useFactory: () => FliteEngine.start(config) },
        { provide: VoiceRegistry, inject: [FliteEngine], useFactory: (flite: FliteEngine) => voices(flite, config) },
        {
          provide: SYNTHESIZE_SPEECH,
          inject: [VoiceRegistry, FliteEngine],
          useFactory: (registry: VoiceRegistry, flite: FliteEngine): SynthesizeSpeech =>
            synthesizeSpeech({
              registry,
              limits: config,
              report: (speech) => {
                const call = currentCall();
                const ids = { traceId: call?.traceId, requestId: call?.requestId, tenant: call?.tenant };
                logger.info({ event: 'speech', ...ids, ...speech, pool: flite.stats() });
              },
            }),
        },
      ],
    };
  }

  /** Ends every worker thread. */
  onApplicationShutdown(): Promise<void> {
    for (const stop of this.#stopObserving) stop();
    return this.flite.close();
  }
}

const voices = (flite: FliteEngine, config: AudioConfig): VoiceRegistry => new VoiceRegistry([flite], config);
