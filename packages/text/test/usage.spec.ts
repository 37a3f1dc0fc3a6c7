import { describe, expect, it } from '@jest/globals';
import { costMicros, maxCostMicros } from '../src/index.ts';
import { addUsage, usageOf } from '../src/usage.ts';

const PRICE = { inputMicros: 150_000, outputMicros: 600_000 };

describe('the cost of a text', () => {
  it('is whole millionths, rounded up', () => {
    expect(costMicros({ inputTokens: 1_000_000, outputTokens: 1_000_000 }, PRICE)).toBe(750_000);
    expect(costMicros({ inputTokens: 1, outputTokens: 0 }, PRICE)).toBe(1);
    expect(costMicros({ inputTokens: 0, outputTokens: 0 }, PRICE)).toBe(0);
    expect(costMicros({ inputTokens: 5, outputTokens: 5 })).toBe(0);
  });

  it('is never more than what was reserved: a token is at least a byte', () => {
    const messages = [{ role: 'user', content: 'één rivier 🦊' }] as const;
    const bytes = Buffer.byteLength(messages[0].content);
    const worst = costMicros({ inputTokens: bytes, outputTokens: 100 }, PRICE);
    expect(maxCostMicros(messages, 100, PRICE)).toBeGreaterThanOrEqual(worst);
  });

  it('is estimated where an upstream says nothing, and says so', () => {
    const usage = usageOf(undefined, { input: 9, output: 4 }, PRICE);
    expect(usage).toEqual({ inputTokens: 3, outputTokens: 1, costMicros: 2, estimated: true });
    const said = usageOf({ inputTokens: 1, outputTokens: 1 }, { input: 9, output: 4 }, PRICE);
    expect(addUsage(usage, said)).toEqual({ inputTokens: 4, outputTokens: 2, costMicros: 3, estimated: true });
  });
});
