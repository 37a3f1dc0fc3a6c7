import type { DegradedPart, Narration, PartTiming } from '../parts/index.ts';
import type { Assessment } from '../rules/index.ts';

/** Where a term is used; it steers which sense is meant. */
export interface UsageContext {
  organisational: readonly string[];
  juridical: readonly string[];
  legalBasis: readonly string[];
}

export const EXAMPLE_KINDS = ['SENTENCE', 'PRACTICAL', 'COUNTER', 'SYNONYM', 'ANTONYM', 'EXPLANATION'] as const;
export type ExampleKind = (typeof EXAMPLE_KINDS)[number];
export type ExampleStatus = 'OK' | 'SHORT' | 'EMPTY' | 'TIMEOUT' | 'ERROR';
export type Relation =
  'SELF' | 'SYNONYM' | 'NEAR' | 'BROADER' | 'NARROWER' | 'SIBLING' | 'ANTONYM' | 'INDIRECT_ANTONYM' | 'UNSPECIFIED';

export interface ExampleItem {
  text: string;
  relation: Relation;
  /** `wordnet:n13486838` or the name of a model. */
  source: string;
  /** Why it is an example. */
  reason: string;
}

export interface ExampleSet {
  kind: ExampleKind;
  status: ExampleStatus;
  items: readonly ExampleItem[];
  /** Items asked for; 0 when the kind never came to say. */
  wanted: number;
  /** For TIMEOUT and ERROR. */
  errorReason: string;
  /** Who made it; empty when it never came. */
  provider: string;
  /** Why the provider that comes first did not; empty when it did. */
  fallbackReason: string;
}

/** One meaning of a term. */
export interface Sense {
  source: string;
  lemma: string;
  partOfSpeech: string;
  category: string;
  gloss: string;
}

/** Who made a text; both empty when it is not known any more. */
export interface TextOrigin {
  /** `lexical` or the name of a model. */
  provider: string;
  /** Why the provider that comes first did not make it; empty when it did. */
  fallbackReason: string;
}

/** A text for a term, with the sense it defines. */
export interface DefinedTerm {
  text: string;
  sense: Sense;
  senseReason: string;
  otherSenses: readonly Sense[];
}

export type DefinitionState = 'DRAFT' | 'ESTABLISHED';

/** A stored definition. */
export interface Definition extends DefinedTerm {
  /** `definitions/{id}` */
  name: string;
  term: string;
  context: UsageContext;
  language: string;
  category: string;
  assessment: Assessment;
  state: DefinitionState;
  examples: readonly ExampleSet[];
  /** `objects/{path}` of the narration; empty when there is none. */
  narration: string;
  etag: string;
  createTime: Date | undefined;
  updateTime: Date | undefined;
}

/** What is stored; name, state, etag and times are the archive's to give. */
export type NewDefinition = Omit<Definition, 'name' | 'state' | 'etag' | 'createTime' | 'updateTime'>;

/** One text a definition has had. */
export interface Revision {
  text: string;
  assessment: Assessment;
  note: string;
}

export interface StoredRevision extends Revision {
  name: string;
  number: number;
  createTime: Date | undefined;
}

export interface GenerateRequest {
  term: string;
  context: UsageContext;
  category: string;
  kinds: readonly ExampleKind[];
  /** Undefined: the default of each kind. */
  maxExamples: number | undefined;
  language: string;
  narrate: boolean;
  voice: string;
  allowDuplicate: boolean;
  /** Who defines and finds examples; empty takes the order of the examples service. */
  provider: string;
  /** Same id, same answer; empty means no such promise. */
  requestId: string;
}

export interface GeneratedDefinition extends TextOrigin {
  definition: Definition;
  narration: Narration | undefined;
  degraded: readonly DegradedPart[];
  timings: readonly PartTiming[];
}

/** What a caller hears while a definition is made, in this order but for examples and narration. */
export type Part =
  | { type: 'header'; name: string }
  | ({ type: 'text'; text: string; assessment: Assessment; sense: Sense } & TextOrigin)
  | { type: 'examples'; set: ExampleSet }
  | { type: 'stored'; definition: Definition }
  | { type: 'narration'; narration: Narration }
  | { type: 'degraded'; part: DegradedPart };

/** Hears of each part as it is finished. */
export type OnPart = (part: Part) => void;
