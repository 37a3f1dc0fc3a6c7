import { beforeEach, describe, expect, it } from '@jest/globals';
import { BudgetError, Spending, type Budget, type Usage } from '@exempla/budget';
import { MetricRegistry } from '@exempla/telemetry';
import { eventually, recordingLogger, startScriptedSpeech } from '@exempla/testing';
import { isOfInfrastructure } from '../src/speech/speech-error.ts';
import { callFor, openProvider, optionsOf, PROVIDERS, speakWith } from './providers.ts';

const TEXT = 'A small fox sat by the river.';
const COST = 2 * TEXT.length;
const exhausted = new BudgetError('BUDGET_EXHAUSTED', 'no room');

describe.each(PROVIDERS)('speech by %s', (provider) => {
  let reserved: number[];
  let settled: (readonly Usage[])[];
  let spending: Spending;
  let limitMicros: number;
  beforeEach(() => {
    [reserved, settled, limitMicros] = [[], [], Infinity];
    const budget: Budget = {
      reserve: async ({ maxMicros }) => {
        if (maxMicros > limitMicros) throw exhausted;
        reserved.push(maxMicros);
      },
      settle: async ({ usage }) => void settled.push(usage),
    };
    spending = new Spending({ budget, log: recordingLogger('audio').logger, metrics: new MetricRegistry() });
  });
  const model = { openai: 'small-voice', elevenlabs: 'multi' }[provider];

  it('is reserved by its characters and settled, each piece', async () => {
    await using server = await startScriptedSpeech();
    {
      await using providers = await openProvider(provider, server, { spending });
      for (const text of [TEXT, 'The end.']) await speakWith(providers.engines[0]!, text, optionsOf(callFor(5_000)));
    }
    expect(reserved).toEqual([COST, 16]);
    expect(settled).toMatchObject([
      [{ model, answers: 1, characters: TEXT.length, costMicros: COST }],
      [{ model, answers: 1, characters: 8, costMicros: 16 }],
    ]);
  });

  it('without room in the budget is not asked for, and nobody else speaks for it', async () => {
    limitMicros = COST - 1;
    await using server = await startScriptedSpeech();
    await using providers = await openProvider(provider, server, { spending });
    const { error, sounds } = await speakWith(providers.engines[0]!, TEXT, optionsOf(callFor(5_000)));
    expect([error, sounds, server.requests.length]).toEqual([exhausted, [], 0]);
    expect(isOfInfrastructure(error)).toBe(false);
  });

  it('whose listener leaves before it began gives its reservation back', async () => {
    await using server = await startScriptedSpeech({ type: 'silence' });
    const caller = new AbortController();
    {
      await using providers = await openProvider(provider, server, { spending });
      const speaking = speakWith(providers.engines[0]!, TEXT, optionsOf(callFor(5_000, caller.signal)));
      await eventually('it is asked for', () => server.requests.length > 0);
      caller.abort(new Error('the listener left'));
      await speaking;
    }
    expect([reserved, settled]).toEqual([[COST], [[]]]);
  });

  it('that fails and is tried again costs once, when it began once', async () => {
    await using server = await startScriptedSpeech({ type: 'fail', status: 500 }, { type: 'speak' });
    {
      await using providers = await openProvider(provider, server, { spending });
      await speakWith(providers.engines[0]!, TEXT, optionsOf(callFor(5_000)));
    }
    expect(reserved).toEqual([COST]);
    expect(settled).toMatchObject([[{ answers: 1, costMicros: COST }]]);
  });
});
