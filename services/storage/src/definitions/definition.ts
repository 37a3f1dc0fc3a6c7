/** What the storage keeps of a definition. Names of kinds, relations and statuses are kept as given: nothing here depends on them. */

/** Who calls, and for how long the answer is still wanted. */
export interface Call {
  readonly tenant: string;
  readonly signal: AbortSignal;
  readonly deadline: { remainingMs(): number };
}

/** ESTABLISHED when the rules accepted the text, else DRAFT. Derived, never given. */
export type DefinitionState = 'DRAFT' | 'ESTABLISHED';

export interface UsageContext {
  readonly organisational: readonly string[];
  readonly juridical: readonly string[];
  readonly legalBasis: readonly string[];
}

export interface Violation {
  readonly rule: string;
  readonly family: string;
  readonly score: number;
  readonly message: string;
  readonly critical: boolean;
}

export interface Assessment {
  readonly score: number;
  readonly accepted: boolean;
  readonly violations: readonly Violation[];
}

export interface Sense {
  readonly source: string;
  readonly lemma: string;
  readonly partOfSpeech: string;
  readonly category: string;
  readonly gloss: string;
}

export interface ExampleItem {
  readonly text: string;
  readonly relation: string;
  readonly source: string;
  readonly reason: string;
}

export interface ExampleSet {
  readonly kind: string;
  readonly status: string;
  readonly items: readonly ExampleItem[];
  readonly wanted: number;
  readonly errorReason: string;
  /** Absent in what was stored before providers were named. */
  readonly provider?: string;
  readonly fallbackReason?: string;
}

export interface DefinitionContent {
  readonly term: string;
  readonly context: UsageContext;
  readonly language: string;
  readonly category: string;
  readonly text: string;
  readonly assessment: Assessment | undefined;
  readonly sense: Sense | undefined;
  readonly otherSenses: readonly Sense[];
  readonly senseReason: string;
  readonly examples: readonly ExampleSet[];
  readonly narration: string;
}

export interface Definition extends DefinitionContent {
  readonly id: string;
  readonly state: DefinitionState;
  readonly etag: string;
  readonly createTime: Date;
  readonly updateTime: Date;
}

export interface NewRevision {
  readonly text: string;
  readonly assessment: Assessment | undefined;
  readonly note: string;
}

/** Numbers count from 1 within a definition. */
export interface Revision extends NewRevision {
  readonly number: number;
  readonly createTime: Date;
}

export const stateOf = (assessment: Assessment | undefined): DefinitionState =>
  assessment?.accepted === true ? 'ESTABLISHED' : 'DRAFT';
