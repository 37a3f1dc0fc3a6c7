/** The six kinds, in the order answers list them. */
export const EXAMPLE_KINDS = ['SENTENCE', 'PRACTICAL', 'COUNTER', 'SYNONYM', 'ANTONYM', 'EXPLANATION'] as const;
export type ExampleKind = (typeof EXAMPLE_KINDS)[number];

export type Relation =
  'SELF' | 'SYNONYM' | 'NEAR' | 'BROADER' | 'NARROWER' | 'SIBLING' | 'ANTONYM' | 'INDIRECT_ANTONYM';

export interface ExampleItem {
  /** As a person reads it. */
  readonly text: string;
  readonly relation: Relation;
  /** `wordnet:<letter><offset>` or the name of a model. */
  readonly source: string;
  /** Why it is an example; for a counter-example, why the term does not cover it. */
  readonly reason: string;
}

/** One meaning of a term. */
export interface Sense {
  readonly source: string;
  readonly lemma: string;
  readonly partOfSpeech: string;
  readonly category: string;
  readonly gloss: string;
}

/** Which meaning the examples belong to. */
export interface SenseChoice {
  readonly sense: Sense;
  readonly reason: string;
  /** Most frequent first, at most 20. */
  readonly others: readonly Sense[];
}

export interface UsageContext {
  readonly organisational: readonly string[];
  readonly juridical: readonly string[];
  readonly legalBasis: readonly string[];
}

export interface TermRequest {
  readonly term: string;
  readonly context: UsageContext;
  /** BCP 47; never empty. */
  readonly language: string;
  readonly category: string;
  /** Source of the sense to use; empty lets the context choose. */
  readonly sense: string;
}

/** Who is asked: the name of a provider, and no other instead; empty takes the order of the service. */
export interface Asked {
  readonly provider: string;
}

export interface DefineRequest extends TermRequest {
  /** A text the rules refused; empty asks for the first text. */
  readonly improveText: string;
  readonly brokenRules: readonly string[];
}

export interface ExamplesRequest extends TermRequest {
  /** A definition the examples should fit; may be empty. */
  readonly definition: string;
  /** Without doubles; empty means all six. */
  readonly kinds: readonly ExampleKind[];
  /** Undefined means the kind's own default. */
  readonly maxExamples: number | undefined;
}

/** What a provider is asked for one kind. */
export interface KindRequest extends TermRequest {
  readonly definition: string;
  readonly wanted: number;
}

export interface DefinedTerm extends SenseChoice {
  /** Genus and difference in one sentence. */
  readonly text: string;
}

/** What a provider found of one kind. */
export interface Found {
  readonly items: readonly ExampleItem[];
  /** How many of the items count towards the wanted number; the others are labelled extras. */
  readonly counted: number;
}

export type SetStatus = 'OK' | 'SHORT' | 'EMPTY' | 'TIMEOUT' | 'ERROR';

export interface ExampleSet {
  readonly kind: ExampleKind;
  readonly status: SetStatus;
  readonly items: readonly ExampleItem[];
  readonly wanted: number;
  /** For TIMEOUT and ERROR. */
  readonly errorReason: string;
  /** Who made it. */
  readonly provider: string;
  /** Why the provider that comes first did not; empty when it did. */
  readonly fallbackReason: string;
}

/** The time and the caller a piece of work has. */
export interface CallBudget {
  /** Aborts when the caller goes away or its deadline passes. */
  readonly signal: AbortSignal;
  remainingMs(): number;
  /** Kept back so that the answer still travels in time. */
  readonly reserveMs: number;
  readonly tenant: string;
}
