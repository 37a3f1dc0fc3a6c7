import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { openSpending } from '@exempla/budget';
import { currentCall } from '@exempla/rpc';
import { LABELS, METRICS, processMetrics, type Logger } from '@exempla/telemetry';
import { EspeakEngine } from './adapters/espeak-engine.ts';
import { FliteEngine } from './adapters/flite-engine.ts';
import { openEspeak } from './adapters/open-espeak.ts';
import { ProviderEngines } from './adapters/provider-engines.ts';
import type { AudioConfig } from './config.ts';
import { SpeechController, SYNTHESIZE_SPEECH } from './grpc/speech.controller.ts';
import { synthesizeSpeech, VoiceRegistry, type SynthesizeSpeech } from './speech/index.ts';

@Module({})
export class AudioModule implements OnApplicationShutdown {
  readonly #stopObserving: readonly (() => void)[];

  constructor(
    @Inject(FliteEngine) private readonly flite: FliteEngine,
    @Inject(EspeakEngine) private readonly espeak: EspeakEngine | undefined,
    @Inject(ProviderEngines) private readonly providers: ProviderEngines,
  ) {
    this.#stopObserving = [flite, ...(espeak ? [espeak] : [])].flatMap((engine) => [
      processMetrics.observe(METRICS.speechBusy, () => [{ value: engine.stats().busy }]),
      processMetrics.observe(METRICS.speechWaiting, () => [{ value: engine.stats().queue }]),
    ]);
  }

  static register(config: AudioConfig, logger: Logger): DynamicModule {
    return {
      module: AudioModule,
      controllers: [SpeechController],
      providers: [
        { provide: EspeakEngine, useFactory: () => openEspeak(config, logger) },
        // Behind it, so that no thread runs when it does not start.
        { provide: FliteEngine, inject: [EspeakEngine], useFactory: () => FliteEngine.start(config) },
        { provide: ProviderEngines, useFactory: () => openProviders(config, logger) },
        {
          provide: VoiceRegistry,
          inject: [ProviderEngines, FliteEngine, EspeakEngine],
          // The better voices first: the first of all is the default.
          useFactory: ({ engines }: ProviderEngines, flite: FliteEngine, espeak: EspeakEngine | undefined) =>
            new VoiceRegistry([...engines, flite, ...(espeak ? [espeak] : [])], config),
        },
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
              fellBack: ({ from, to, reason }) => {
                const labels = { from, to, reason, step: 'speech' };
                const line = { event: 'fallback', traceId: currentCall()?.traceId, ...labels };
                logger.warn(line, `${to} speaks in place of ${from}: ${reason}`);
                countFallback(labels);
              },
            }),
        },
      ],
    };
  }

  /** Ends every worker thread, every program and every request. */
  async onApplicationShutdown(): Promise<void> {
    for (const stop of this.#stopObserving) stop();
    this.espeak?.close();
    await Promise.all([this.flite.close(), this.providers[Symbol.asyncDispose]()]);
  }
}

/** Voices of providers are paid from the budgets in storage; without any nobody asks for one. */
function openProviders({ providers, storageTarget }: AudioConfig, logger: Logger): Promise<ProviderEngines> {
  const isPaid = (providers.openAi ?? providers.elevenLabs) !== undefined && storageTarget !== 'off';
  const spending = isPaid ? openSpending(storageTarget, logger) : undefined;
  return ProviderEngines.open({ ...providers, spending }, processMetrics);
}

const countFallback = ({ step, from, to, reason }: Record<'step' | 'from' | 'to' | 'reason', string>): void =>
  processMetrics
    .counter(METRICS.fallbacks, {
      [LABELS.fallbackStep]: step,
      [LABELS.fallbackFrom]: from,
      [LABELS.fallbackTo]: to,
      [LABELS.fallbackReason]: reason,
    })
    .add();
