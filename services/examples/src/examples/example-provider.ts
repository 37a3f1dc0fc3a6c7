import type { DefinedTerm, DefineRequest, ExampleKind, Found, KindRequest } from './types.ts';

/** A source of definitions and examples. Adding one is writing an adapter and naming it in the module. */
export interface ExampleProvider {
  /** `lexical` or the name of a model. */
  readonly name: string;
  /** Primary language subtags, such as `en`; `*` serves every language. */
  readonly languages: readonly string[];
  /** Where the content comes from, with version and licence. */
  readonly origin: string;
  /** Chooses the sense and defines the term. Throws ExampleError TERM_UNKNOWN. */
  define(request: DefineRequest, signal: AbortSignal): Promise<DefinedTerm>;
  /** Finds examples of one kind. An empty answer is an answer, no error. */
  generate(kind: ExampleKind, request: KindRequest, signal: AbortSignal): Promise<Found>;
}
