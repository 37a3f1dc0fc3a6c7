import type { Asked, DefineRequest, ExamplesRequest, ProviderCall, UsageContext } from '../src/examples/index.ts';

export const noContext: UsageContext = { organisational: [], juridical: [], legalBasis: [] };

export const defineRequest = (term: string, rest: Partial<DefineRequest & Asked> = {}): DefineRequest & Asked => ({
  term,
  context: noContext,
  language: 'en',
  category: '',
  sense: '',
  improveText: '',
  brokenRules: [],
  provider: '',
  ...rest,
});

export const examplesRequest = (
  term: string,
  rest: Partial<ExamplesRequest & Asked> = {},
): ExamplesRequest & Asked => ({
  term,
  context: noContext,
  language: 'en',
  category: '',
  sense: '',
  definition: '',
  kinds: [],
  maxExamples: undefined,
  provider: '',
  ...rest,
});

/** The call of somebody who stays. */
export const providerCall = (rest: Partial<ProviderCall> = {}): ProviderCall => ({
  signal: new AbortController().signal,
  remainingMs: () => 60_000,
  budgetMs: 60_000,
  tenant: 'acme',
  ...rest,
});
