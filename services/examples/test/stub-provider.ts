import { ExampleError } from '../src/examples/index.ts';
import type { DefinedTerm, ExampleKind, ExampleProvider, Fallback, Found, Providers } from '../src/examples/index.ts';

export const stubDefinition: DefinedTerm = {
  text: 'a large natural stream of water.',
  sense: { source: 'wordnet:n1', lemma: 'river', partOfSpeech: 'noun', category: 'object', gloss: 'a large stream' },
  reason: 'It has only this sense.',
  others: [],
};

export const foundOf = (kind: ExampleKind, count = 1): Found => ({
  items: Array.from({ length: count }, (_, i) => ({
    text: `${kind} ${i + 1}`,
    relation: 'SELF',
    source: 'wordnet:n1',
    reason: 'stub',
  })),
  counted: count,
});

/** A provider that answers as it is told. */
export const stubProvider = (
  generate: ExampleProvider['generate'],
  rest: Partial<ExampleProvider> = {},
): ExampleProvider => ({
  name: 'stub',
  languages: ['en'],
  origin: 'a test',
  hasSense: () => true,
  chooseSense: () => Promise.resolve(stubDefinition),
  define: () => Promise.resolve({ ...stubDefinition, provider: 'stub' }),
  failureOf: (error) => ({
    reason: error instanceof ExampleError ? error.reason : 'KIND_FAILED',
    timedOut: false,
    outage: error instanceof Error && error.message === 'outage',
  }),
  generate,
  ...rest,
});

/** These providers in this order, each of which can be named; what was stood in for is kept in `fallbacks`. */
export const providersOf = (...order: ExampleProvider[]): Providers & { fallbacks: Fallback[] } => {
  const fallbacks: Fallback[] = [];
  return { order, named: order, onFallback: (fallback) => void fallbacks.push(fallback), fallbacks };
};
