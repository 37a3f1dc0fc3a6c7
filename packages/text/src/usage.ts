import type { Message, Usage } from './text-generator.ts';

/** Millionths of a unit of money for a million tokens: 150_000 is 0.15 of it. */
export interface Price {
  readonly inputMicros: number;
  readonly outputMicros: number;
}

export interface TokenCount {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, costMicros: 0, estimated: false };

const PRICED_TOKENS = 1_000_000;
const BYTES_PER_TOKEN = 4;
/** What a message costs beside its text, and the beginning of the answer. */
const TOKENS_PER_MESSAGE = 16;

/** Whole millionths, rounded up: no call is free that uses anything. */
export function costMicros({ inputTokens, outputTokens }: TokenCount, price?: Price): number {
  if (!price) return 0;
  return Math.ceil((inputTokens * price.inputMicros + outputTokens * price.outputMicros) / PRICED_TOKENS);
}

/** What one attempt can cost at most: a token is never shorter than a byte. For a budget that reserves before. */
export function maxCostMicros(messages: readonly Message[], maxTokens: number, price?: Price): number {
  const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + TOKENS_PER_MESSAGE, 0);
  return costMicros({ inputTokens: bytes, outputTokens: maxTokens }, price);
}

/** What an upstream says was used; counted in bytes when it says nothing: there are scripts of a token for each character. */
export function usageOf(said: TokenCount | undefined, seen: { input: number; output: number }, price?: Price): Usage {
  const tokens = said ?? {
    inputTokens: Math.ceil(seen.input / BYTES_PER_TOKEN),
    outputTokens: Math.ceil(seen.output / BYTES_PER_TOKEN),
  };
  return { ...tokens, costMicros: costMicros(tokens, price), estimated: !said };
}

export const addUsage = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  costMicros: a.costMicros + b.costMicros,
  estimated: a.estimated || b.estimated,
});
