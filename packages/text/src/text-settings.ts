import type { Settings } from '@exempla/rpc';
import type { ModelOptions, OpenAiTextOptions } from './openai/options.ts';
import type { Price } from './usage.ts';

const OPENAI = 'https://api.openai.com/v1';
const MODEL = /^(?<name>[^=\s]+)(?:=(?<input>\d+(?:\.\d{1,6})?)\/(?<output>\d+(?:\.\d{1,6})?))?$/;
const MICROS = 1_000_000;

/**
 * The upstream that the environment names, or undefined when it names none: `OPENAI_API_KEY` (or `_FILE`), `OPENAI_BASE_URL`,
 * `OPENAI_MODELS`, and `HTTP_POOL_CONNECTIONS`, `HTTP_POOL_MAX_KEEPALIVE`, `HTTP_TIMEOUT` for its connections.
 */
export async function readTextOptions(settings: Settings): Promise<OpenAiTextOptions | undefined> {
  const apiKey = await settings.secret('OPENAI_API_KEY');
  const given = settings.text('OPENAI_BASE_URL', '');
  const models = settings.list('OPENAI_MODELS', '').map(modelOf);
  const pool = {
    connections: settings.integer('HTTP_POOL_CONNECTIONS', 100, { min: 1, max: 10_000 }),
    maxKeepalive: settings.integer('HTTP_POOL_MAX_KEEPALIVE', 20, { min: 0, max: 10_000 }),
  };
  const httpTimeoutMs = settings.seconds('HTTP_TIMEOUT', 60);
  if (apiKey === undefined && given === '') return undefined;
  if (models.length === 0) throw new Error('OPENAI_MODELS is empty; it has to name the models to ask, the best first');
  const baseUrl = urlOf(given || OPENAI);
  if (apiKey === undefined && baseUrl.href.startsWith(OPENAI))
    throw new Error(`OPENAI_API_KEY is needed for ${OPENAI}`);
  // Servers without keys take any; the client of OpenAI wants one.
  const upstream = { name: baseUrl.host, baseUrl: baseUrl.href, apiKey: apiKey ?? 'none', models };
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

function urlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new Error(`OPENAI_BASE_URL is "${text}"; it has to be a URL such as ${OPENAI}`);
}
