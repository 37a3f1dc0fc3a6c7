import type { Settings } from '@exempla/rpc';
import type { ModelOptions, OpenAiTextOptions, UpstreamOptions } from './openai/options.ts';
import type { Price } from './usage.ts';

export type { UpstreamOptions as TextUpstream };

const OPENAI = 'https://api.openai.com/v1';
const OPENROUTER = 'openrouter.ai';
/** At api.openai.com when no model is named (decision 0024), without reasoning: it takes a temperature only so. */
const DEFAULT = { models: 'gpt-6-luna=0.10/0.50', effort: 'none' };
const MODEL = /^(?<name>[^=\s]+)(?:=(?<input>\d{1,6}(?:\.\d{1,6})?)\/(?<output>\d{1,6}(?:\.\d{1,6})?))?$/;
const MICROS = 1_000_000;

/**
 * The upstream that the environment names, or undefined when it names none: `OPENAI_API_KEY` (or `_FILE`), `OPENAI_BASE_URL`,
 * `OPENAI_MODELS`, `OPENAI_REASONING_EFFORT`, `OPENAI_GENERATION_INFO_URL`, and for its connections `HTTP_POOL_CONNECTIONS`,
 * `HTTP_POOL_MAX_KEEPALIVE`, `HTTP_TIMEOUT`.
 */
export async function readTextOptions(settings: Settings): Promise<OpenAiTextOptions | undefined> {
  const apiKey = await settings.secret('OPENAI_API_KEY');
  const given = settings.text('OPENAI_BASE_URL', '');
  const baseUrl = urlOf('OPENAI_BASE_URL', given || OPENAI);
  const isOpenAi = baseUrl.href.startsWith(OPENAI);
  const hasDefault = isOpenAi && apiKey !== undefined && settings.text('OPENAI_MODELS', '') === '';
  const models = settings.list('OPENAI_MODELS', hasDefault ? DEFAULT.models : '').map(modelOf);
  const effort = settings.text('OPENAI_REASONING_EFFORT', hasDefault ? DEFAULT.effort : '');
  const books = settings.text('OPENAI_GENERATION_INFO_URL', '');
  const pool = {
    connections: settings.integer('HTTP_POOL_CONNECTIONS', 100, { min: 1, max: 10_000 }),
    maxKeepalive: settings.integer('HTTP_POOL_MAX_KEEPALIVE', 20, { min: 0, max: 10_000 }),
  };
  const httpTimeoutMs = settings.seconds('HTTP_TIMEOUT', 60, { from: 1, to: 3600 });
  if (apiKey === undefined && given === '') return undefined;
  if (apiKey === undefined && isOpenAi) throw new Error(`OPENAI_API_KEY is needed for ${OPENAI}`);
  if (models.length === 0)
    throw new Error(`OPENAI_MODELS is empty; it has to name the models to ask at ${baseUrl.host}, the best first`);
  const upstream = {
    name: baseUrl.host,
    baseUrl: baseUrl.href,
    // Servers without keys take any; the client of OpenAI wants one.
    apiKey: apiKey ?? 'none',
    models,
    ...booksOf(baseUrl, books),
    ...(effort && { extraBody: { reasoning_effort: effort } }),
  };
  return { upstreams: [upstream], pool, httpTimeoutMs };
}

/** `small` or `small=0.15/0.60`: the price of a million tokens, in and out. */
function modelOf(entry: string): ModelOptions {
  const { name, input, output } = MODEL.exec(entry)?.groups ?? {};
  if (name === undefined)
    throw new Error(`OPENAI_MODELS has "${entry}"; an entry is a name, or such as small=0.15/0.60`);
  return input === undefined ? { name } : { name, price: priceOf(Number(input), Number(output)) };
}

const priceOf = (input: number, output: number): Price => ({
  inputMicros: Math.round(input * MICROS),
  outputMicros: Math.round(output * MICROS),
});

/** OpenRouter says where they are; another upstream that keeps them is named. */
function booksOf(baseUrl: URL, named: string): { generationInfoUrl?: string } {
  if (named !== '') return { generationInfoUrl: urlOf('OPENAI_GENERATION_INFO_URL', named).href };
  if (baseUrl.host !== OPENROUTER) return {};
  return { generationInfoUrl: `${baseUrl.href.replace(/\/$/, '')}/generation` };
}

function urlOf(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.username || url.password))
    throw new Error(`${name} carries a user or a password, which would be printed; OPENAI_API_KEY is for secrets`);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new Error(`${name} is "${text}"; it has to be a URL such as ${OPENAI}`);
}
