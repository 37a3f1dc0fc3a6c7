import type { Agent } from 'node:http';
import type { MetricRegistry } from '@exempla/telemetry';
import type { Clock, HealthOptions, PoolOptions, RetryPolicy } from '@exempla/upstream';
import type { Price } from '../usage.ts';
import type { TokenLimit } from './dialect.ts';

export interface ModelOptions {
  readonly name: string;
  /** Costs are 0 without. */
  readonly price?: Price;
}

/** Anything that speaks OpenAI's chat completions. */
export interface UpstreamOptions {
  /** In errors and metrics. */
  readonly name: string;
  /** Up to and without `/chat/completions`, such as `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Sent as a bearer token; servers without keys take any. */
  readonly apiKey: string;
  /** In the order they are asked. */
  readonly models: readonly ModelOptions[];
  /** Sent along with each request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Merged into the body of each request: what only this upstream knows. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /** What the limit of tokens is first called; `max_completion_tokens` at api.openai.com, elsewhere `max_tokens`, when absent. */
  readonly tokenLimit?: TokenLimit;
  /** Where its books are, as OpenRouter keeps them: `GET …?id=` of an answer. */
  readonly generationInfoUrl?: string;
}

export interface OpenAiTextOptions {
  /** In the order they are asked. */
  readonly upstreams: readonly UpstreamOptions[];
  /** HTTP_POOL_CONNECTIONS, HTTP_POOL_MAX_KEEPALIVE; for each upstream. */
  readonly pool?: PoolOptions;
  /** HTTP_TIMEOUT: of one attempt, of a stream until its first word. */
  readonly httpTimeoutMs?: number;
  /** Between two pieces of a stream. */
  readonly streamIdleMs?: number;
  readonly maxAnswerBytes?: number;
  /** Used in place of the pools, and left open when the generator is disposed of. */
  readonly agent?: Agent;
  /** In flight at one upstream before anything is known of it. */
  readonly initialInFlight?: number;
  readonly retry?: RetryPolicy;
  readonly health?: HealthOptions;
  readonly metrics?: MetricRegistry;
  readonly clock?: Clock;
}

export const DEFAULTS = {
  pool: { connections: 100, maxKeepalive: 20 },
  httpTimeoutMs: 60_000,
  streamIdleMs: 30_000,
  maxAnswerBytes: 8 * 1024 * 1024,
  initialInFlight: 20,
} as const;
