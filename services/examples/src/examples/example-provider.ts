import type { DefinedTerm, DefineRequest, ExampleKind, Found, KindRequest, SenseChoice, TermRequest } from './types.ts';

/** The time and the caller that one piece of a provider's work has. */
export interface ProviderCall {
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Until then the answer has to be there, whatever it was spent on. */
  remainingMs(): number;
  /** What the work itself may take; waiting for a turn at something that is shared is not spent from it. */
  readonly budgetMs: number;
  readonly tenant: string;
}

/** What an error of a provider means to those who asked it. */
export interface ProviderFailure {
  readonly reason: string;
  /** The work took longer than its budget. */
  readonly timedOut: boolean;
  /** What the provider stands on is out of order, and the request is not to blame: another provider may answer it. */
  readonly outage: boolean;
}

/** A source of definitions and examples. Adding one is writing an adapter and naming it in the module. */
export interface ExampleProvider {
  /** `lexical` or the name of a model. */
  readonly name: string;
  /** Primary language subtags, such as `en`; `*` serves every language. */
  readonly languages: readonly string[];
  /** Where the content comes from, with version and licence. */
  readonly origin: string;
  /** Whether `source` is a sense of this provider. */
  hasSense(source: string): boolean;
  /** Which meaning examples are made for. Throws ExampleError TERM_UNKNOWN. */
  chooseSense(request: TermRequest & { readonly definition: string }, call: ProviderCall): Promise<SenseChoice>;
  /** Chooses the sense and defines the term. Throws ExampleError TERM_UNKNOWN. */
  define(request: DefineRequest, call: ProviderCall): Promise<DefinedTerm & { readonly provider: string }>;
  /** Finds examples of one kind. An empty answer is an answer, no error. */
  generate(kind: ExampleKind, request: KindRequest, call: ProviderCall): Promise<Found>;
  failureOf(error: unknown): ProviderFailure;
}

/** What somebody who stands in for another provider is told of. */
export interface Fallback {
  readonly step: 'definition' | ExampleKind;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** The providers there are. */
export interface Providers {
  /** Asked in this order by those who name none. */
  readonly order: readonly ExampleProvider[];
  /** What callers can name. */
  readonly named: readonly ExampleProvider[];
  readonly onFallback: (fallback: Fallback) => void;
}
