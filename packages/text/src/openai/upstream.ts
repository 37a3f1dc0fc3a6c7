import type { Agent } from 'node:http';
import OpenAI from 'openai';
import {
  pooledFetch,
  poolFor,
  TargetHealth,
  UpstreamLimiter,
  type Clock,
  type HealthOptions,
  type PoolOptions,
} from '@exempla/upstream';
import type { TextMetrics } from '../text-metrics.ts';
import { Dialect } from './dialect.ts';
import type { ModelTarget } from './model-target.ts';
import type { UpstreamOptions } from './options.ts';

const ANSWER_TYPES = /^(application\/([\w.-]+\+)?json|text\/event-stream)\b/i;

interface Shared {
  readonly pool: PoolOptions;
  readonly maxAnswerBytes: number;
  readonly initialInFlight: number;
  readonly health: HealthOptions;
  readonly clock: Clock;
  readonly metrics: TextMetrics;
  readonly agent: Agent | undefined;
}

/** One server: its sockets, its limiter and its models. */
export class Upstream {
  readonly targets: readonly ModelTarget[];
  readonly #close: () => void;

  constructor(options: UpstreamOptions, shared: Shared) {
    const url = new URL(options.baseUrl);
    const agent = shared.agent ?? poolFor(url, shared.pool);
    const client = clientFor(options, pooledFetch(agent, { maxBytes: shared.maxAnswerBytes, types: ANSWER_TYPES }));
    const limiter = new UpstreamLimiter(shared.clock, {
      initial: shared.initialInFlight,
      max: shared.pool.connections,
    });
    const unwatch = shared.metrics.watch(options.name, limiter);
    this.#close = () => {
      unwatch();
      if (!shared.agent) agent.destroy();
    };
    const tokenLimit = options.tokenLimit ?? (url.host === 'api.openai.com' ? 'max_completion_tokens' : 'max_tokens');
    this.targets = options.models.map(({ name: model, price }) => ({
      client,
      limiter,
      dialect: new Dialect(tokenLimit),
      extraBody: options.extraBody,
      price,
      model,
      upstream: options.name,
      health: new TargetHealth(shared.health),
    }));
  }

  close(): void {
    this.#close();
  }
}

/** The client reads much from the environment by itself; here all is said that can be: OPENAI_CUSTOM_HEADERS it always takes. */
const clientFor = ({ baseUrl, apiKey, headers }: UpstreamOptions, fetch: typeof globalThis.fetch): OpenAI =>
  new OpenAI({
    baseURL: baseUrl,
    apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    logLevel: 'off',
    defaultHeaders: { ...headers },
    fetch,
  });
