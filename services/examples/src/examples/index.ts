export type { DefineTerm, DefineTermAnswer } from './define-term.ts';
export { defineTerm } from './define-term.ts';
export type { ExampleErrorReason } from './example-error.ts';
export { ExampleError, lexiconUnavailable, senseUnknown, termInvalid, termUnknown } from './example-error.ts';
export type { ExampleProvider, Fallback, ProviderCall, ProviderFailure, Providers } from './example-provider.ts';
export type {
  ExamplesAnswer,
  ExamplesHeader,
  ExamplesPart,
  GenerateExamples,
  StreamExamples,
} from './generate-examples.ts';
export { generateExamples, streamExamples } from './generate-examples.ts';
export { KIND_DEFAULTS } from './kinds.ts';
export type {
  Asked,
  CallBudget,
  DefinedTerm,
  DefineRequest,
  ExampleItem,
  ExampleKind,
  ExampleSet,
  ExamplesRequest,
  Found,
  KindRequest,
  Relation,
  Sense,
  SenseChoice,
  SetStatus,
  TermRequest,
  UsageContext,
} from './types.ts';
export { EXAMPLE_KINDS } from './types.ts';
export { within } from './within.ts';
