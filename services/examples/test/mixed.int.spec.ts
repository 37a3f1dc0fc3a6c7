import { describe, expect, it } from '@jest/globals';
import { METRICS } from '@exempla/telemetry';
import {
  holdings,
  nothingMore,
  seeded,
  standingStill,
  startScriptedOpenAi,
  type OpenAiBehaviour,
} from '@exempla/testing';
import { EXAMPLE_KINDS, generateExamples, streamExamples, type ExampleSet } from '../src/examples/index.ts';
import { dataOf } from './model-texts.ts';
import { callFor, metric, openModels, type Models } from './models.ts';
import { examplesRequest } from './requests.ts';

const SEED = 17;
const CALLS = 500;
const gone = new Error('the caller went away');

/** Says whose term it was asked for; now and then nothing of use. */
const tagged = (random: () => number): OpenAiBehaviour => ({
  type: 'choose',
  of: (body) => {
    if (random() < 0.02) return { type: 'fail', status: 500, message: 'no' };
    const { term } = dataOf(body) as { term: string };
    const line = (i: number): string => `${term} example${i} || the reason of ${term} is ${i}`;
    return { type: 'say', text: [1, 2, 3, 4, 5].map(line).join('\n'), overMs: 10 };
  },
});

describe('500 mixed calls, a fifth of them cancelled (S0-17)', () => {
  it(`each is answered with what is its own or cancelled, and nothing stays (seed ${SEED})`, async () => {
    const random = seeded(SEED);
    await using server = await startScriptedOpenAi(tagged(random));
    const before = await standingStill(holdings, 20_000);
    {
      await using models = openModels(server);
      const all = Array.from({ length: CALLS }, (_, i) => one(models, i, random));
      const outcomes = await Promise.all(all);
      const cancelled = outcomes.filter(({ cancelled }) => cancelled).length;
      expect(cancelled).toBeGreaterThan(CALLS / 10);
      for (const { tag, sets } of outcomes)
        for (const { text } of sets.flatMap(({ items }) => items)) expect(text).toContain(tag);
      const full = outcomes.filter(({ sets }) => sets.length === 2 && sets.every(({ status }) => status === 'OK'));
      expect(full.length).toBeGreaterThanOrEqual(CALLS - cancelled);
      expect([METRICS.textInFlight, METRICS.textWaiting].map((name) => metric(models.metrics, name))).toEqual([0, 0]);
    }
    await nothingMore(holdings, before);
  });
});

interface Outcome {
  readonly tag: string;
  readonly sets: readonly ExampleSet[];
  readonly cancelled: boolean;
}

/** Two kinds of a term that five callers of four tenants ask for, whole or as a stream. */
async function one({ providers }: Models, i: number, random: () => number): Promise<Outcome> {
  const tag = `tag${i % 100}x`;
  const caller = new AbortController();
  const leaving = random() < 0.2 ? setTimeout(() => caller.abort(gone), random() * 300) : undefined;
  const call = callFor(60_000, { signal: caller.signal, tenant: `t${i % 4}` });
  const request = examplesRequest(tag, { kinds: [EXAMPLE_KINDS[i % 6]!, EXAMPLE_KINDS[(i + 1) % 6]!] });
  const sets: ExampleSet[] = [];
  try {
    if (i % 2 === 0) sets.push(...(await generateExamples(providers)(request, call)).sets);
    else for await (const part of streamExamples(providers)(request, call)) if ('set' in part) sets.push(part.set);
  } catch (error) {
    expect(error).toBe(gone);
  } finally {
    clearTimeout(leaving);
  }
  return { tag, sets, cancelled: caller.signal.aborted };
}
