import type { Spending } from '@exempla/budget';
import { LABELS, METRICS, type MetricRegistry } from '@exempla/telemetry';
import { pooledFetch, poolFor, UpstreamMetrics, type PoolOptions } from '@exempla/upstream';
import { elevenLabsVoices, type ElevenLabsVoicesOptions } from './elevenlabs-voices.ts';
import { openAiVoices, type OpenAiVoicesOptions } from './openai-voices.ts';
import { ProviderEngine, type ProviderLimits } from './provider-engine.ts';
import type { Provider } from './provider.ts';

export interface ProvidersOptions {
  readonly openAi: OpenAiVoicesOptions | undefined;
  readonly elevenLabs: ElevenLabsVoicesOptions | undefined;
  readonly pool: PoolOptions;
  readonly httpTimeoutMs: number;
  readonly soundIdleMs?: number;
  readonly backoffMs?: number;
  /** Closed with the engines. */
  readonly spending?: Spending | undefined;
}

const NAMES = {
  inFlight: METRICS.speechInFlight,
  limit: METRICS.speechInFlightLimit,
  waiting: METRICS.speechTurns,
  wait: METRICS.speechWait,
  attempts: METRICS.speechAttempts,
  labels: { upstream: LABELS.speechUpstream, model: LABELS.speechModel, outcome: LABELS.speechOutcome },
};
/** What a 2xx may be; servers that do not say what they send are looked at by their first bytes. */
const SOUND_TYPES = /^(audio\/|application\/octet-stream)/i;
/** Each piece has a limit of its own, by the length of its text; nothing is ever longer than this. */
const MAX_SOUND_BYTES = 256 * 1024 * 1024;

/** The engines of the providers that are configured, each with its connections; disposing of one closes them. */
export class ProviderEngines implements AsyncDisposable {
  readonly engines: readonly ProviderEngine[];
  readonly #close: () => Promise<void>;

  private constructor(engines: readonly ProviderEngine[], close: () => Promise<void>) {
    this.engines = engines;
    this.#close = close;
  }

  static async open(options: ProvidersOptions, registry: MetricRegistry): Promise<ProviderEngines> {
    const { openAi, elevenLabs, pool, httpTimeoutMs, soundIdleMs = 30_000, backoffMs = 500, spending } = options;
    const limits: ProviderLimits = { httpTimeoutMs, soundIdleMs, backoffMs, maxInFlight: pool.connections };
    const metrics = new UpstreamMetrics(registry, NAMES);
    const closers: (() => void)[] = [];
    const fetchAt = (baseUrl: string): typeof fetch => {
      const agent = poolFor(new URL(baseUrl), pool);
      closers.push(() => agent.destroy());
      return pooledFetch(agent, { maxBytes: MAX_SOUND_BYTES, types: SOUND_TYPES });
    };
    const providers: Provider[] = [];
    if (elevenLabs) providers.push(await elevenLabsVoices(elevenLabs, fetchAt(elevenLabs.baseUrl)));
    if (openAi) providers.push(openAiVoices(openAi, fetchAt(openAi.baseUrl)));
    const engines = providers.map((provider) => new ProviderEngine(provider, limits, { metrics, spending }));
    return new ProviderEngines(engines, async () => {
      closers.forEach((close) => close());
      await spending?.[Symbol.asyncDispose]();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine[Symbol.asyncDispose]()));
    await this.#close();
  }
}
