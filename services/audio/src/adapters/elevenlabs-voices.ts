import type { fetcher } from '@elevenlabs/elevenlabs-js/core/fetcher/Fetcher.js';
import type { AudioFormat } from '../speech/index.ts';
import type { Provider, ProviderVoice } from './provider.ts';

export interface ElevenLabsVoicesOptions {
  /** Up to and without `/v1`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly model: string;
  readonly voices: readonly ProviderVoice[];
  /** The first is made for those who do not say. */
  readonly formats: readonly AudioFormat[];
  readonly priceMicros?: number | undefined;
}

const PIECE_CHARACTERS = 5_000;
const SAMPLE_RATE_HZ = 24_000;
const FORMATS = { wav: 'pcm_24000', mp3: 'mp3_44100_128' } as const;
const SETTINGS = { stability: 0.5, similarityBoost: 0.75, useSpeakerBoost: true };
/** Other speaking rates are refused. */
const [SLOWEST, FASTEST] = [0.7, 1.2];
/** Those of multilingual v2, as its page lists them. */
const LANGUAGES = 'en ja zh de hi fr ko pt it es id nl tr fil pl sv bg ro ar cs el fi hr ms sk da ta uk ru'.split(' ');

/**
 * Voices of ElevenLabs. Its client is loaded only here: 5,000 modules, which take a second and 120 MB.
 */
export async function elevenLabsVoices(
  options: ElevenLabsVoicesOptions,
  fetch: typeof globalThis.fetch,
): Promise<Provider> {
  const { TextToSpeechClient } = await import('@elevenlabs/elevenlabs-js/api/resources/textToSpeech/client/Client.js');
  const { fetcherImpl } = await import('@elevenlabs/elevenlabs-js/core/fetcher/Fetcher.js');
  // Its own time-out leaves its timer behind when the request fails: nobody but the signal ends one.
  const withoutTimer: typeof fetcher = ({ timeoutMs: _timeoutMs, ...args }) => fetcherImpl(args);
  const client = new TextToSpeechClient({
    baseUrl: options.baseUrl,
    apiKey: options.apiKey,
    maxRetries: 0,
    fetch,
    fetcher: withoutTimer,
  });
  const ids = new Map(options.voices.map(({ name, id }) => [name, id]));
  return {
    name: 'elevenlabs',
    upstream: new URL(options.baseUrl).host,
    model: options.model,
    settings: JSON.stringify({ model: options.model, voices: options.voices, ...SETTINGS }),
    pieceCharacters: PIECE_CHARACTERS,
    priceMicros: options.priceMicros,
    rawSampleRateHz: SAMPLE_RATE_HZ,
    voices: options.voices.map(({ name }) => ({
      name,
      engine: 'elevenlabs',
      languages: LANGUAGES,
      sampleRateHz: SAMPLE_RATE_HZ,
      description: `${options.model}, many languages`,
      formats: options.formats,
    })),
    request: ({ voice, text, format, speed }, abortSignal) => {
      const voiceSettings = { ...SETTINGS, speed: Math.min(FASTEST, Math.max(SLOWEST, speed)) };
      const asked = { text, modelId: options.model, outputFormat: FORMATS[format], voiceSettings };
      return client.stream(ids.get(voice) ?? voice, asked, { abortSignal });
    },
    refusalIn,
  };
}

interface Refused extends Error {
  readonly statusCode?: number;
  readonly body?: { readonly detail?: { readonly status?: string } };
  readonly rawResponse?: { readonly headers?: Headers };
}

function refusalIn(error: unknown): ReturnType<Provider['refusalIn']> {
  const { statusCode: status, body, rawResponse } = error as Refused;
  if (!(error instanceof Error) || status === undefined || status < 400) return undefined;
  return { status, headers: rawResponse?.headers, isOutOfCredit: body?.detail?.status === 'quota_exceeded' };
}
