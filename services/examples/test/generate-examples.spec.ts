import { describe, expect, it } from '@jest/globals';
import { Barrier, gate } from '@exempla/testing';
import type { CallBudget, ExampleKind, ExampleProvider, ExampleSet } from '../src/examples/index.ts';
import { EXAMPLE_KINDS, ExampleError, generateExamples, KIND_DEFAULTS, streamExamples } from '../src/examples/index.ts';
import { examplesRequest } from './requests.ts';
import { foundOf, providersOf, stubProvider } from './stub-provider.ts';

const budget = (rest: Partial<CallBudget> = {}): CallBudget => ({
  signal: new AbortController().signal,
  remainingMs: () => 10_000,
  reserveMs: 20,
  tenant: 'acme',
  ...rest,
});
const generate = (provider: ExampleProvider, rest = {}, time = budget()) =>
  generateExamples(providersOf(provider))(examplesRequest('river', rest), time);
const statuses = (sets: readonly ExampleSet[]) => Object.fromEntries(sets.map(({ kind, status }) => [kind, status]));
const all = (status: string): Record<string, string> => Object.fromEntries(EXAMPLE_KINDS.map((kind) => [kind, status]));

describe('six kinds', () => {
  it('are in flight together: none answers before all six have arrived (S0-08, S0-16)', async () => {
    const barrier = new Barrier(6);
    const provider = stubProvider(async (kind, { wanted }, { signal }) => {
      await barrier.wait(signal);
      return foundOf(kind, wanted);
    });
    const { sets } = await generate(provider);
    expect(barrier.arrived).toBe(6);
    expect(sets.map(({ kind }) => kind)).toEqual([...EXAMPLE_KINDS]);
    expect(statuses(sets)).toEqual(all('OK'));
  });

  it.each([...EXAMPLE_KINDS])('%s failing leaves the other five intact', async (failing) => {
    const provider = stubProvider((kind, { wanted }) =>
      kind === failing ? Promise.reject(new Error('out of order')) : Promise.resolve(foundOf(kind, wanted)),
    );
    const { sets, sense } = await generate(provider);
    expect(sense.lemma).toBe('river');
    expect(statuses(sets)).toEqual({ ...all('OK'), [failing]: 'ERROR' });
    expect(sets.find(({ kind }) => kind === failing)).toMatchObject({ items: [], errorReason: 'KIND_FAILED' });
  });

  it('all failing still answer with the sense (S0-09)', async () => {
    const provider = stubProvider(() => Promise.reject(new ExampleError('LEXICON_UNAVAILABLE', 'gone')));
    const { sets, sense } = await generate(provider);
    expect(sense.source).toBe('wordnet:n1');
    expect(statuses(sets)).toEqual(all('ERROR'));
    expect(new Set(sets.map(({ errorReason }) => errorReason))).toEqual(new Set(['LEXICON_UNAVAILABLE']));
  });

  it('a provider that throws instead of rejecting is an error of that kind', async () => {
    const provider = stubProvider((kind) => {
      if (kind === 'SYNONYM') throw new Error('at once');
      return Promise.resolve(foundOf(kind, 5));
    });
    expect(statuses((await generate(provider)).sets)).toEqual({ ...all('OK'), SYNONYM: 'ERROR' });
  });
});

describe('what is asked for', () => {
  it('the number wanted is the default of the kind, or what the caller says', async () => {
    const asked: [ExampleKind, number][] = [];
    const provider = stubProvider((kind, { wanted }) => {
      asked.push([kind, wanted]);
      return Promise.resolve(foundOf(kind, wanted));
    });
    await generate(provider);
    expect(Object.fromEntries(asked)).toEqual({
      SENTENCE: 3,
      PRACTICAL: 3,
      COUNTER: 3,
      SYNONYM: 5,
      ANTONYM: 5,
      EXPLANATION: 1,
    });
    asked.length = 0;
    await generate(provider, { maxExamples: 7, kinds: ['ANTONYM', 'SENTENCE'] });
    expect(asked).toEqual([
      ['SENTENCE', 7],
      ['ANTONYM', 7],
    ]);
  });

  it('every kind is asked for the sense that was chosen', async () => {
    const senses = new Set<string>();
    const provider = stubProvider((kind, { sense }) => {
      senses.add(sense);
      return Promise.resolve(foundOf(kind));
    });
    await generate(provider);
    expect([...senses]).toEqual(['wordnet:n1']);
  });

  it.each([
    [0, 'EMPTY'],
    [2, 'SHORT'],
    [3, 'OK'],
  ])('%i of 3 that count is %s, whatever extras come along', async (counted, status) => {
    const provider = stubProvider((kind) => Promise.resolve({ ...foundOf(kind, 4), counted }));
    expect((await generate(provider, { kinds: ['SENTENCE'] })).sets[0]).toMatchObject({ status, wanted: 3 });
  });

  it('a language nobody serves is refused, never answered in another', async () => {
    const provider = stubProvider((kind) => Promise.resolve(foundOf(kind)));
    await expect(generate(provider, { language: 'nl' })).rejects.toMatchObject({
      reason: 'LANGUAGE_UNSUPPORTED',
      metadata: { language: 'nl', enable: 'model provider' },
    });
    await expect(generate(provider, { language: 'en-GB' })).resolves.toMatchObject({ provider: 'stub' });
  });
});

describe('time', () => {
  it('a kind that outlasts what the call has left is TIMEOUT; what is finished is delivered (S0-24)', async () => {
    const slow = gate();
    let aborted = false;
    const provider = stubProvider(async (kind, { wanted }, { signal }) => {
      if (kind !== 'COUNTER') return foundOf(kind, wanted);
      signal.addEventListener('abort', () => (aborted = true));
      await slow.promise;
      return foundOf(kind, wanted);
    });
    const { sets } = await generate(provider, {}, budget({ remainingMs: () => 60, reserveMs: 20 }));
    expect(statuses(sets)).toEqual({ ...all('OK'), COUNTER: 'TIMEOUT' });
    expect(aborted).toBe(true);
    slow.open();
  });

  it('no time left after the reserve: every kind is TIMEOUT and the sense is still there', async () => {
    const provider = stubProvider(() => new Promise(() => undefined));
    const { sets, reason } = await generate(provider, {}, budget({ remainingMs: () => 10, reserveMs: 20 }));
    expect(reason).not.toBe('');
    expect(statuses(sets)).toEqual(all('TIMEOUT'));
  });

  it('the budgets are those of the contract', () => {
    expect(Object.fromEntries(EXAMPLE_KINDS.map((kind) => [kind, KIND_DEFAULTS[kind].budgetMs]))).toEqual({
      SENTENCE: 20_000,
      PRACTICAL: 45_000,
      COUNTER: 30_000,
      SYNONYM: 30_000,
      ANTONYM: 30_000,
      EXPLANATION: 30_000,
    });
  });

  it('the caller going away reaches every kind', async () => {
    const caller = new AbortController();
    const barrier = new Barrier(6);
    const stopped = new Set<ExampleKind>();
    const provider = stubProvider(async (kind, _request, { signal }) => {
      signal.addEventListener('abort', () => stopped.add(kind));
      await barrier.wait();
      caller.abort(new Error('gone'));
      return new Promise(() => undefined);
    });
    await generate(provider, {}, budget({ signal: caller.signal }));
    expect([...stopped].sort()).toEqual([...EXAMPLE_KINDS].sort());
  });
});

describe('as a stream', () => {
  it('the header comes first, then each kind in the order of completion', async () => {
    const gates = new Map(EXAMPLE_KINDS.map((kind) => [kind, gate()]));
    const provider = stubProvider(async (kind) => {
      await gates.get(kind)?.promise;
      return foundOf(kind);
    });
    const parts = streamExamples(providersOf(provider))(examplesRequest('river'), budget());
    expect((await parts.next()).value).toMatchObject({ header: { provider: 'stub', sense: { lemma: 'river' } } });
    const order: ExampleKind[] = ['EXPLANATION', 'SYNONYM', 'SENTENCE', 'ANTONYM', 'COUNTER', 'PRACTICAL'];
    for (const kind of order) {
      gates.get(kind)?.open();
      expect((await parts.next()).value).toMatchObject({ set: { kind } });
    }
    expect((await parts.next()).done).toBe(true);
  });

  it('a reader that turns away stops the kinds under way', async () => {
    const stopped = new Set<ExampleKind>();
    const provider = stubProvider((kind, _request, { signal }) => {
      signal.addEventListener('abort', () => stopped.add(kind));
      return new Promise(() => undefined);
    });
    const parts = streamExamples(providersOf(provider))(examplesRequest('river'), budget());
    await parts.next();
    await parts.return(undefined);
    expect(stopped.size).toBe(6);
  });
});
