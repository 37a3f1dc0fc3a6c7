import type { Agent } from 'node:http';
import { pooledFetch, poolFor } from '@exempla/upstream';
import { TextError } from '../text-error.ts';
import type { Receipt } from '../text-generator.ts';
import type { UpstreamOptions } from './options.ts';

/** What an upstream put down in its own books for an answer. */
export interface GenerationInfo {
  /** As the model itself counts them; undefined when it is not told. */
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  /** Millionths of a US dollar, rounded up. */
  readonly costMicros: number;
}

/** Beside the calls that people wait for there are never more sockets than these. */
const POOL = { connections: 2, maxKeepalive: 1 };
const MAX_BYTES = 64 * 1024;
const JSON_ONLY = /^application\/([\w.-]+\+)?json\b/i;
const MICROS = 1_000_000;

interface Book {
  readonly url: string;
  readonly apiKey: string;
  readonly agent: Agent;
}

/**
 * Asks upstreams that keep books (`generationInfoUrl`; OpenRouter does) what an answer took. Books are behind by some
 * seconds: it is for after the reply, with sockets of its own. `using` closes them.
 */
export class GenerationInfos implements Disposable {
  readonly #books = new Map<string, Book>();

  constructor(upstreams: readonly UpstreamOptions[]) {
    for (const { name, apiKey, generationInfoUrl: url } of upstreams)
      if (url !== undefined) this.#books.set(name, { url, apiKey, agent: poolFor(new URL(url), POOL) });
  }

  /** Whether there is anything to ask. */
  has({ upstream }: Receipt): boolean {
    return this.#books.has(upstream);
  }

  /** Undefined as long as the books do not have it. Rejects with a `TextError`, or with the reason of the signal. */
  async find({ upstream, id }: Receipt, signal: AbortSignal): Promise<GenerationInfo | undefined> {
    const book = this.#books.get(upstream);
    if (!book) return undefined;
    const url = new URL(book.url);
    url.searchParams.set('id', id);
    try {
      const get = pooledFetch(book.agent, { maxBytes: MAX_BYTES, types: JSON_ONLY });
      const answer = await get(url, { headers: { authorization: `Bearer ${book.apiKey}` }, signal });
      const said: unknown = answer.status === 404 ? undefined : await answer.json();
      if (answer.status === 404) await answer.body?.cancel();
      else if (!answer.ok) throw new Error(`the books answer ${answer.status}`);
      return said === undefined ? undefined : infoIn(said);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw new TextError('TEXT_UPSTREAM_FAILED', `the books of ${upstream} could not be read`, {
        metadata: { upstream },
        cause: error,
      });
    }
  }

  [Symbol.dispose](): void {
    for (const { agent } of this.#books.values()) agent.destroy();
  }
}

/** https://openrouter.ai/docs/api-reference/get-a-generation */
function infoIn(said: unknown): GenerationInfo {
  const data = (said as { data?: Record<string, unknown> } | null)?.data ?? {};
  const count = (name: string): number | undefined => {
    const value = data[name];
    return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
  };
  const cost = data['total_cost'];
  if (typeof cost !== 'number' || !Number.isFinite(cost) || cost < 0) throw new SyntaxError('no cost');
  return {
    inputTokens: count('native_tokens_prompt') ?? count('tokens_prompt'),
    outputTokens: count('native_tokens_completion') ?? count('tokens_completion'),
    // 0.000012 of a dollar is 12 millionths, whatever the product of the two says behind the point.
    costMicros: Math.ceil(Number((cost * MICROS).toFixed(6))),
  };
}
