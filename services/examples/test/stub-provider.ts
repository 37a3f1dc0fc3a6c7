import type { DefinedTerm, ExampleKind, ExampleProvider, Found } from '../src/examples/index.ts';

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
  define: () => Promise.resolve(stubDefinition),
  generate,
  ...rest,
});
