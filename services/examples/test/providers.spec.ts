import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  defineTerm,
  ExampleError,
  EXAMPLE_KINDS,
  generateExamples,
  KIND_DEFAULTS,
  within,
  type CallBudget,
  type ExampleProvider,
} from '../src/examples/index.ts';
import { defineRequest, examplesRequest } from './requests.ts';
import { foundOf, providersOf, stubDefinition, stubProvider } from './stub-provider.ts';

const call = (rest: Partial<CallBudget> = {}): CallBudget => ({
  signal: new AbortController().signal,
  remainingMs: () => 10_000,
  reserveMs: 20,
  tenant: 'acme',
  ...rest,
});
const outage = (): Promise<never> => Promise.reject(new Error('outage'));
const model = (generate: ExampleProvider['generate'], rest: Partial<ExampleProvider> = {}): ExampleProvider =>
  stubProvider(generate, {
    name: 'small',
    languages: ['*'],
    hasSense: (source) => source === 'small',
    chooseSense: () => Promise.resolve({ ...stubDefinition, sense: { ...stubDefinition.sense, source: 'small' } }),
    ...rest,
  });
const lexical = (rest: Partial<ExampleProvider> = {}): ExampleProvider =>
  stubProvider((kind, { wanted }) => Promise.resolve(foundOf(kind, wanted)), {
    name: 'lexical',
    hasSense: (source) => source.startsWith('wordnet:'),
    define: () => Promise.resolve({ ...stubDefinition, provider: 'lexical' }),
    ...rest,
  });
const working = (): ExampleProvider => model((kind, { wanted }) => Promise.resolve(foundOf(kind, wanted)));

describe('whom a request is for', () => {
  const asked = async (rest: object): Promise<string> =>
    (await generateExamples(providersOf(working(), lexical()))(examplesRequest('river', rest), call())).provider;

  it.each([
    ['nobody named: the first that speaks the language', {}, 'small'],
    ['a language of one only', { language: 'nl' }, 'small'],
    ['a name', { provider: 'lexical' }, 'lexical'],
    ['a sense of one', { sense: 'wordnet:n1' }, 'lexical'],
    ['a sense of the other', { sense: 'small' }, 'small'],
  ])('%s', async (_, rest, provider) => expect(await asked(rest)).toBe(provider));

  it.each([
    [
      'a name nobody has, with those there are',
      { provider: 'huge' },
      'PROVIDER_UNKNOWN',
      { providers: 'small, lexical' },
    ],
    [
      'a language that the one named does not speak',
      { provider: 'lexical', language: 'nl' },
      'LANGUAGE_UNSUPPORTED',
      {},
    ],
    ['a sense nobody has', { sense: 'wikidata:Q1' }, 'TERM_UNKNOWN', { sense: 'wikidata:Q1' }],
    ['a sense that the one named does not have', { provider: 'small', sense: 'wordnet:n1' }, 'TERM_UNKNOWN', {}],
  ])('refused: %s', async (_, rest, reason, metadata) => {
    await expect(asked(rest)).rejects.toMatchObject({ reason, metadata });
  });
});

describe('an outage', () => {
  it('of the model: the lexicon answers, says so, and it is counted', async () => {
    const senses: string[] = [];
    const standIn = lexical({
      generate: (kind, { sense, wanted }) => {
        senses.push(sense);
        return Promise.resolve(foundOf(kind, wanted));
      },
    });
    const providers = providersOf(model(outage), standIn);
    const { sets, provider } = await generateExamples(providers)(examplesRequest('river'), call());
    expect(provider).toBe('small');
    for (const set of sets)
      expect(set).toMatchObject({ status: 'OK', provider: 'lexical', fallbackReason: 'KIND_FAILED' });
    expect(providers.fallbacks.map(({ step }) => step).sort()).toEqual([...EXAMPLE_KINDS].sort());
    expect(providers.fallbacks[0]).toMatchObject({ from: 'small', to: 'lexical', reason: 'KIND_FAILED' });
    // A sense of the model says nothing to the lexicon.
    expect(new Set(senses)).toEqual(new Set(['']));
  });

  it('of a definition likewise', async () => {
    const providers = providersOf(model(outage, { define: outage }), lexical());
    expect(await defineTerm(providers)(defineRequest('river'), call())).toMatchObject({
      text: stubDefinition.text,
      provider: 'lexical',
      fallbackReason: 'KIND_FAILED',
    });
    expect(providers.fallbacks).toHaveLength(1);
  });

  it("one kind only: the others stay the model's", async () => {
    const some = model((kind, { wanted }) => (kind === 'ANTONYM' ? outage() : Promise.resolve(foundOf(kind, wanted))));
    const { sets } = await generateExamples(providersOf(some, lexical()))(examplesRequest('river'), call());
    expect(sets.filter(({ provider }) => provider === 'lexical').map(({ kind }) => kind)).toEqual(['ANTONYM']);
  });

  it.each([
    ["the language is not the lexicon's", { language: 'nl' }],
    ['the model was named', { provider: 'small' }],
  ])('nobody stands in when %s', async (_, rest) => {
    const providers = providersOf(model(outage), lexical());
    const { sets } = await generateExamples(providers)(examplesRequest('river', rest), call());
    expect(new Set(sets.map(({ status }) => status))).toEqual(new Set(['ERROR']));
    expect(providers.fallbacks).toEqual([]);
  });

  it('that the stand-in cannot help is told as what it was', async () => {
    const unknown = lexical({ generate: () => Promise.reject(new ExampleError('TERM_UNKNOWN', 'no such word')) });
    const providers = providersOf(
      model(() => Promise.reject(new Error('outage'))),
      unknown,
    );
    const { sets } = await generateExamples(providers)(examplesRequest('river', { kinds: ['SYNONYM'] }), call());
    expect(sets[0]).toMatchObject({
      status: 'ERROR',
      errorReason: 'KIND_FAILED',
      provider: 'small',
      fallbackReason: '',
    });
    expect(providers.fallbacks).toEqual([]);
  });
});

describe('no outage, and nobody stands in', () => {
  it.each([
    ['an unknown term', new ExampleError('TERM_UNKNOWN', 'no such word')],
    ['any other failure, such as a refusal', new Error('will not')],
  ])('%s', async (_, error) => {
    const providers = providersOf(
      model(() => Promise.reject(error), { define: () => Promise.reject(error) }),
      lexical(),
    );
    await expect(defineTerm(providers)(defineRequest('river'), call())).rejects.toBe(error);
    const { sets } = await generateExamples(providers)(examplesRequest('river'), call());
    expect(new Set(sets.map(({ status }) => status))).toEqual(new Set(['ERROR']));
    expect(providers.fallbacks).toEqual([]);
  });

  it('a caller that has gone', async () => {
    const caller = new AbortController();
    const leaving = model(() => {
      caller.abort(new Error('gone'));
      return outage();
    });
    const providers = providersOf(leaving, lexical());
    await generateExamples(providers)(
      examplesRequest('river', { kinds: ['SYNONYM'] }),
      call({ signal: caller.signal }),
    );
    expect(providers.fallbacks).toEqual([]);
  });
});

describe('time', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const callOf = (ms: number): CallBudget => {
    const until = Date.now() + ms;
    return call({ remainingMs: () => until - Date.now() });
  };

  it('a model that is silent leaves the lexicon the time to answer', async () => {
    const taking = lexical({ generate: (kind, { wanted }) => wait(50).then(() => foundOf(kind, wanted)) });
    const silent = model(() => new Promise(() => undefined));
    const request = examplesRequest('river', { kinds: ['SYNONYM'] });
    const answer = generateExamples(providersOf(silent, taking))(request, callOf(1_000));
    await jest.advanceTimersByTimeAsync(1_000);
    expect((await answer).sets[0]).toMatchObject({
      status: 'OK',
      provider: 'lexical',
      fallbackReason: 'OUT_OF_TIME',
    });
  });

  it("the kind's budget is its provider's to spend: waiting for a turn does not end it (C1)", async () => {
    const WAITED_MS = 60_000;
    const waits = model(async (kind, { wanted }, { budgetMs, signal }) => {
      expect(budgetMs).toBe(KIND_DEFAULTS[kind].budgetMs);
      expect(budgetMs).toBeLessThan(WAITED_MS);
      await wait(WAITED_MS);
      signal.throwIfAborted();
      return foundOf(kind, wanted);
    });
    const answer = generateExamples(providersOf(waits))(examplesRequest('river'), callOf(100_000));
    await jest.advanceTimersByTimeAsync(WAITED_MS);
    expect((await answer).sets.map(({ status }) => status)).toEqual(EXAMPLE_KINDS.map(() => 'OK'));
  });
});

describe('within', () => {
  it('work within a time: ended by it, by the caller, or by itself', async () => {
    const never = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const { signal } = new AbortController();
    await expect(within(5, signal, never)).rejects.toMatchObject({
      reason: 'OUT_OF_TIME',
      metadata: { budget_ms: '5' },
    });
    await expect(within(1_000, AbortSignal.abort(new Error('gone')), never)).rejects.toThrow('gone');
    expect(await within(1_000, signal, () => Promise.resolve('done'))).toBe('done');
  });
});
