import type { DefineRequest, ExamplesRequest, UsageContext } from '../src/examples/index.ts';

export const noContext: UsageContext = { organisational: [], juridical: [], legalBasis: [] };

export const defineRequest = (term: string, rest: Partial<DefineRequest> = {}): DefineRequest => ({
  term,
  context: noContext,
  language: 'en',
  category: '',
  sense: '',
  improveText: '',
  brokenRules: [],
  ...rest,
});

export const examplesRequest = (term: string, rest: Partial<ExamplesRequest> = {}): ExamplesRequest => ({
  term,
  context: noContext,
  language: 'en',
  category: '',
  sense: '',
  definition: '',
  kinds: [],
  maxExamples: undefined,
  ...rest,
});
