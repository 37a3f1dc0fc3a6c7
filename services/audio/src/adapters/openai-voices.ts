import OpenAI, { APIConnectionError, APIError } from 'openai';
import type { AudioFormat } from '../speech/index.ts';
import type { Provider, ProviderVoice } from './provider.ts';

export interface OpenAiVoicesOptions {
  /** Up to and without `/audio/speech`. */
  readonly baseUrl: string;
  /** Servers without keys take any. */
  readonly apiKey: string;
  readonly model: string;
  readonly voices: readonly ProviderVoice[];
  /** BCP 47 tags. */
  readonly languages: readonly string[];
  readonly formats: readonly AudioFormat[];
  readonly priceMicros?: number | undefined;
}

/** The limit is 4,096 characters, of newer models also 2,000 tokens: of some scripts a character is one. */
const PIECE_CHARACTERS = 2_000;
const SAMPLE_RATE_HZ = 24_000;
/** Nobody but the signal ends a request. */
const OPTIONS = { maxRetries: 0, timeout: 2 ** 31 - 1 };

/** Voices of OpenAI, or of anything that speaks its `/audio/speech`. */
export function openAiVoices(options: OpenAiVoicesOptions, fetch: typeof globalThis.fetch): Provider {
  const { baseUrl, apiKey, model, languages, formats } = options;
  const ids = new Map(options.voices.map(({ name, id }) => [name, id]));
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch,
  });
  return {
    name: 'openai',
    upstream: new URL(baseUrl).host,
    model,
    settings: JSON.stringify({ baseUrl, model, voices: options.voices }),
    pieceCharacters: PIECE_CHARACTERS,
    priceMicros: options.priceMicros,
    voices: options.voices.map(({ name }) => ({
      name,
      engine: 'openai',
      languages,
      sampleRateHz: SAMPLE_RATE_HZ,
      description: `${model}, many languages`,
      formats,
    })),
    request: async ({ voice, text, format, speed }, signal) => {
      const body = { model, voice: ids.get(voice) ?? voice, input: text, response_format: format };
      const rate = speed === 1 ? {} : { speed };
      const answer = await client.audio.speech.create({ ...body, ...rate }, { ...OPTIONS, signal });
      return answer.body ?? new Blob().stream();
    },
    refusalIn: (error) =>
      error instanceof APIError && !(error instanceof APIConnectionError) && error.status !== undefined
        ? {
            status: error.status as number,
            headers: error.headers,
            isOutOfCredit: error.code === 'insufficient_quota',
          }
        : undefined,
  };
}
