import type { DegradedPart, Narration, PartTiming } from '../parts/index.ts';

export const GENDERS = ['FEMALE', 'MALE', 'OTHER'] as const;
export type Gender = (typeof GENDERS)[number];
export type AgeGroup = '2_TO_3' | '3_TO_5' | '5_TO_7';

/** To the year, or a group. */
export type Age =
  { readonly type: 'years'; readonly years: number } | { readonly type: 'group'; readonly group: AgeGroup };

/** A child as somebody tells of it. */
export interface ChildProfile {
  readonly displayName: string;
  /** Undefined in a request only. */
  readonly age: Age | undefined;
  readonly gender: Gender;
  readonly interests: readonly string[];
}

/** What every kept record has. */
export interface Kept {
  /** `children/{id}`, `heroes/{id}` or `stories/{id}` */
  readonly name: string;
  readonly etag: string;
  readonly createTime: Date | undefined;
  readonly updateTime: Date | undefined;
}

export type Child = ChildProfile & Kept;

/** A hero as somebody tells of it. */
export interface HeroProfile {
  readonly displayName: string;
  readonly gender: Gender;
  readonly appearance: string;
  readonly traits: readonly string[];
  readonly interests: readonly string[];
  readonly strengths: readonly string[];
  readonly language: string;
}

export type Hero = HeroProfile & Kept;

export const MORALS = [
  'KINDNESS',
  'HONESTY',
  'BRAVERY',
  'FRIENDSHIP',
  'PERSEVERANCE',
  'EMPATHY',
  'RESPECT',
  'RESPONSIBILITY',
] as const;
export type MoralKind = (typeof MORALS)[number];
export type Moral = { readonly kind: MoralKind } | { readonly own: string };

export type StoryKind = 'CHILD' | 'HERO' | 'COMBINED';
export type StoryState = 'NEW' | 'READ' | 'ARCHIVED';

/** How good a draft was found; scores are 0 to 10. */
export interface StoryScore {
  readonly total: number;
  readonly criteria: readonly { readonly name: string; readonly score: number }[];
}

/** What a model read and wrote. */
export interface TokenUsage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export interface GenerationInfo {
  readonly attempts: number;
  /** Undefined when the model does not tell. */
  readonly usage: TokenUsage | undefined;
  readonly costMicroUsd: number | undefined;
}

export interface Story extends Kept {
  readonly title: string;
  readonly text: string;
  readonly summary: string;
  readonly moral: string;
  readonly kind: StoryKind;
  /** `children/{id}`; empty when it is about a hero alone. */
  readonly child: string;
  /** The child as it was when the story was kept. */
  readonly childSnapshot: ChildProfile | undefined;
  /** `heroes/{id}`; empty when there is none. */
  readonly hero: string;
  readonly language: string;
  readonly lengthMinutes: number;
  readonly rating: number | undefined;
  /** `objects/{path}` of the narration; empty when there is none. */
  readonly audio: string;
  /** The voice that speaks it. */
  readonly audioProvider: string;
  readonly illustrations: readonly string[];
  /** Who wrote it, such as `offline-grammar`. */
  readonly model: string;
  readonly generationInfo: GenerationInfo | undefined;
  readonly score: StoryScore | undefined;
  /** `stories/{id}` of the one before; empty when it begins a series. */
  readonly parentStory: string;
  /** Who goes along and where it happens, for a series; empty when the writer did not tell. */
  readonly companion: string;
  readonly place: string;
  readonly state: StoryState | 'UNSPECIFIED';
}

/** What is kept; the rest is the archive's to give. */
export type NewStory = Omit<Story, keyof Kept | 'childSnapshot' | 'rating' | 'state'>;

export interface GenerateRequest {
  /** Who it is told to: a stored child, a new one, or nobody in particular. */
  readonly child:
    | { readonly type: 'kept'; readonly name: string }
    | { readonly type: 'new'; readonly profile: ChildProfile }
    | undefined;
  /** `heroes/{id}`; empty when it is about the child alone. */
  readonly hero: string;
  readonly moral: Moral;
  readonly language: string;
  readonly lengthMinutes: number;
  readonly narrate: boolean;
  readonly voice: string;
  /** `stories/{id}` of the one before; empty when there is none. */
  readonly previousStory: string;
  /** Undefined: chance chooses. */
  readonly seed: number | undefined;
  /** The only writer that may write, by name; empty for the order of the service. */
  readonly provider: string;
  /** Same id, same answer; empty means no such promise. */
  readonly requestId: string;
}

export interface GeneratedStory {
  readonly story: Story;
  readonly narration: Narration | undefined;
  /** Why the writer that comes first did not write; empty when it did. */
  readonly fallbackReason: string;
  readonly degraded: readonly DegradedPart[];
  readonly timings: readonly PartTiming[];
}

/**
 * What a caller hears while a story is made, in this order. Drafts are not yet the story: a draft with another number takes
 * the place of the one before, and what is kept comes as title and text.
 */
export type Part =
  | { type: 'draft'; attempt: number; title: string; text: string }
  | { type: 'title'; title: string }
  | { type: 'text'; text: string }
  | { type: 'saved'; story: Story }
  | { type: 'narration'; narration: Narration }
  | { type: 'degraded'; part: DegradedPart };

/** Receives each part as it is ready; whoever sends a draft waits for the promise. */
export type OnPart = (part: Part) => Promise<void> | void;

/** Two pieces of one draft, one behind the other, as one; undefined for any other parts. */
export function joinDraft(last: Part | undefined, next: Part): Part | undefined {
  if (last?.type !== 'draft' || next.type !== 'draft' || last.attempt !== next.attempt) return undefined;
  return { ...last, title: last.title || next.title, text: last.text + next.text };
}
