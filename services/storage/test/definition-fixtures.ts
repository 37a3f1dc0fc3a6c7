import { randomUUID } from 'node:crypto';
import { type DefinitionContent, definitionKeys, type NewDefinition, stateOf } from '../src/definitions/index.ts';

export const accepted = { score: 0.9, accepted: true, violations: [] };
export const rejected = {
  score: 0.4,
  accepted: false,
  violations: [{ rule: 'not-circular', family: 'structure', score: 0, message: 'names the term', critical: true }],
};

export const contentOf = (change: Partial<DefinitionContent> = {}): DefinitionContent => ({
  term: 'entropy',
  context: { organisational: ['physics'], juridical: [], legalBasis: [] },
  language: 'en',
  category: 'quantity',
  text: 'A quantity that measures disorder.',
  assessment: accepted,
  sense: { source: 'wordnet:n1', lemma: 'entropy', partOfSpeech: 'noun', category: 'attribute', gloss: 'a measure' },
  otherSenses: [],
  senseReason: 'the first sense',
  examples: [
    {
      kind: 'SENTENCE',
      status: 'SHORT',
      items: [{ text: 'Entropy grows.', relation: 'SELF', source: 'wordnet:n1', reason: '' }],
      wanted: 3,
      errorReason: '',
      provider: '',
      fallbackReason: '',
    },
  ],
  narration: '',
  ...change,
});

export function newDefinition(
  content: Partial<DefinitionContent> = {},
  change: Partial<NewDefinition> = {},
): NewDefinition {
  const whole = contentOf(content);
  return {
    id: randomUUID(),
    etag: randomUUID(),
    state: stateOf(whole.assessment),
    content: whole,
    keys: definitionKeys(whole),
    revisions: [{ text: whole.text, assessment: whole.assessment, note: 'first text' }],
    request: undefined,
    allowDuplicate: false,
    ...change,
  };
}
