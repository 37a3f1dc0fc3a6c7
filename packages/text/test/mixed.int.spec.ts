import { describe, expect, it } from '@jest/globals';
import { METRICS, MetricRegistry } from '@exempla/telemetry';
import { holdings, nothingMore, seeded, startScriptedOpenAi, standingStill } from '@exempla/testing';
import type { OpenAiText } from '../src/index.ts';
import { callFor, generatorFor, metric, partsOf } from './calls.ts';

const SEED = 17;
const CALLS = 1_000;
const gone = new Error('the caller went away');

/** Answers with what the call asked for, so that nobody's answer can be taken for another's. */
const request = (tag: string) => ({ messages: [{ role: 'user', content: tag }] as const });

describe('a thousand mixed calls, a fifth of them cancelled (S0-17)', () => {
  it(`each is answered or cancelled, and nothing stays (seed ${SEED})`, async () => {
    const metrics = new MetricRegistry();
    const random = seeded(SEED);
    await using server = await startScriptedOpenAi({ type: 'echo', overMs: 20 });
    const before = await standingStill(holdings, 20_000);
    {
      await using text = generatorFor(server, { metrics });
      const outcomes = await Promise.all(Array.from({ length: CALLS }, (_, i) => one(text, `call ${i}`, random)));
      expect(outcomes.filter((outcome) => outcome === 'another')).toEqual([]);
      expect(outcomes.filter((outcome) => outcome === 'cancelled').length).toBeGreaterThan(CALLS / 10);
      expect([METRICS.textInFlight, METRICS.textWaiting].map((name) => metric(metrics, name))).toEqual([0, 0]);
    }
    await nothingMore(holdings, before);
  });
});

async function one(text: OpenAiText, tag: string, random: () => number): Promise<'own' | 'another' | 'cancelled'> {
  const caller = new AbortController();
  const leaving = random() < 0.2 ? setTimeout(() => caller.abort(gone), random() * 500) : undefined;
  const call = callFor(60_000, { signal: caller.signal, tenant: `t${Math.floor(random() * 5)}` });
  try {
    const answer = random() < 0.5 ? await whole(text, tag, call) : await streamed(text, tag, call);
    return answer === tag ? 'own' : 'another';
  } catch (error) {
    expect(error).toBe(gone);
    return 'cancelled';
  } finally {
    clearTimeout(leaving);
  }
}

const whole = async (text: OpenAiText, tag: string, call: ReturnType<typeof callFor>): Promise<string> =>
  (await text.generate(request(tag), call)).text;

async function streamed(text: OpenAiText, tag: string, call: ReturnType<typeof callFor>): Promise<string> {
  const { text: all, error } = await partsOf(text.stream(request(tag), call));
  if (error) throw error as Error;
  return all;
}
