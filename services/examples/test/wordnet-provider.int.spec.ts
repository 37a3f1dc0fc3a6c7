import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Worker } from 'node:worker_threads';
import { eventually } from '@exempla/testing';
import { spawnWordnet, WordnetProvider } from '../src/adapters/wordnet-provider.ts';
import { EXAMPLE_KINDS, KIND_DEFAULTS } from '../src/examples/index.ts';
import type { ExampleKind, Found } from '../src/examples/index.ts';
import { defineRequest, providerCall } from './requests.ts';

const calm = providerCall();
let provider: WordnetProvider;

beforeAll(async () => {
  provider = await WordnetProvider.start();
});
afterAll(() => provider.close());

const define = (term: string, rest = {}) => provider.define(defineRequest(term, rest), calm);
const generate = (kind: ExampleKind, term: string, signal = calm.signal): Promise<Found> =>
  provider.generate(
    kind,
    { ...defineRequest(term), definition: '', wanted: KIND_DEFAULTS[kind].wanted },
    { ...calm, signal },
  );

describe('WordNet behind a worker', () => {
  it.each([
    ['entropy', 4],
    ['contract', 3],
    ['river', 4],
    ['running', 3],
    ['went', 3],
    ['children', 4],
    ['power of attorney', 3],
    ['dog', 4],
    ['good', 3],
    ['run', 3],
    ['quickly', 3],
  ])('%s has items of %i kinds or more, each with its source', async (term, kinds) => {
    const { sense } = await define(term);
    expect(sense.source).toMatch(/^wordnet:[nvar]\d{8}$/);
    const sets = await Promise.all(EXAMPLE_KINDS.map((kind) => generate(kind, term)));
    expect(sets.filter(({ items }) => items.length > 0).length).toBeGreaterThanOrEqual(kinds);
    for (const item of sets.flatMap(({ items }) => items)) {
      expect(item.source).toMatch(/^wordnet:[nvar]\d{8}$/);
      expect(item.text).not.toMatch(/[()]|undefined|;|\s{2}|\be\.g\.|`/);
      expect(item.reason).not.toBe('');
    }
  });

  it.each([
    ['Café', 'cafe'],
    ['Cafe\u0301', 'cafe'],
    ['naïve', 'naive'],
    ['MICE', 'mouse'],
    ['powers of attorney', 'power of attorney'],
    ['Fluß', undefined],
    ['河', undefined],
    ['ri\u0000ver', undefined],
    ['a'.repeat(200), undefined],
  ])('%j is looked up as %s', async (term, lemma) => {
    if (lemma === undefined) await expect(define(term)).rejects.toMatchObject({ reason: 'TERM_UNKNOWN' });
    else expect((await define(term)).sense.lemma).toBe(lemma);
  });

  it('names what was perhaps meant', async () => {
    await expect(define('rivver')).rejects.toMatchObject({ metadata: { term: 'rivver', suggestions: 'river' } });
  });

  it('lists at most 20 other senses', async () => {
    expect((await define('run')).others).toHaveLength(20);
  });
});

describe('calls and the worker', () => {
  it('a call that is aborted rejects at once and leaves nothing behind', async () => {
    const caller = new AbortController();
    const call = generate('EXPLANATION', 'river', caller.signal);
    expect(provider.pending).toBe(1);
    caller.abort(new Error('gone'));
    await expect(call).rejects.toThrow('gone');
    expect(provider.pending).toBe(0);
    await expect(generate('SENTENCE', 'river', caller.signal)).rejects.toThrow('gone');
    expect((await define('river')).sense.lemma).toBe('river');
  });

  it('a dead worker fails its own calls and is replaced; the next call is served', async () => {
    const told: string[] = [];
    const workers: Worker[] = [];
    const spawn = (folder: string): Worker => {
      const worker = spawnWordnet(folder);
      workers.push(worker);
      return worker;
    };
    const mortal = await WordnetProvider.start({ spawn, onReplaced: (why) => told.push(why) });
    const first = mortal.threadId;
    const calls = EXAMPLE_KINDS.map((kind) =>
      mortal.generate(kind, { ...defineRequest('river'), definition: '', wanted: 3 }, calm),
    );
    const outcomes = Promise.allSettled(calls);
    await workers[0]?.terminate();
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { reason: 'LEXICON_UNAVAILABLE' } });
    }
    expect(told).toEqual(['its worker stopped']);
    expect((await mortal.define(defineRequest('river'), calm)).sense.lemma).toBe('river');
    expect(mortal.threadId).not.toBe(first);
    expect(workers).toHaveLength(2);
    await mortal.close();
  });

  it('a worker that does not answer is not waited for longer than the budget', async () => {
    const silent =
      "const { parentPort } = require('worker_threads'); parentPort.on('message', () => {}); parentPort.postMessage({ type: 'ready' });";
    const mute = await WordnetProvider.start({ spawn: () => new Worker(silent, { eval: true }) });
    await expect(mute.define(defineRequest('river'), { ...calm, budgetMs: 20 })).rejects.toMatchObject({
      reason: 'OUT_OF_TIME',
    });
    expect(mute.pending).toBe(0);
    await mute.close();
  });

  it('use after close is an error; closing twice is not', async () => {
    const closed = await WordnetProvider.start();
    const waiting = expect(closed.define(defineRequest('river'), calm)).rejects.toMatchObject({
      reason: 'LEXICON_UNAVAILABLE',
    });
    await closed.close();
    await waiting;
    await expect(closed.define(defineRequest('river'), calm)).rejects.toThrow('used after close');
    await closed.close();
    await eventually('the thread has ended', () => closed.threadId === -1);
  });

  it('without a database it does not start, and says why', async () => {
    await expect(WordnetProvider.start({ folder: '/nonexistent' })).rejects.toMatchObject({
      reason: 'LEXICON_UNAVAILABLE',
      metadata: { why: expect.stringContaining('ENOENT') },
    });
  });
});
