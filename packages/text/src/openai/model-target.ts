import type OpenAI from 'openai';
import type { UpstreamLimiter } from '../limiter/upstream-limiter.ts';
import type { Target } from '../retry/failover.ts';
import type { Price } from '../usage.ts';
import type { Asked } from './chat.ts';

/** One model, and the upstream it is at. */
export interface ModelTarget extends Target {
  readonly client: OpenAI;
  readonly limiter: UpstreamLimiter;
  readonly tokenLimit: Asked['tokenLimit'];
  readonly extraBody: Asked['extraBody'];
  readonly price: Price | undefined;
  readonly name: { readonly model: string; readonly upstream: string };
}
