export type Gender = 'male' | 'female' | 'other';
export const MORALS = [
  'kindness',
  'honesty',
  'bravery',
  'friendship',
  'perseverance',
  'empathy',
  'respect',
  'responsibility',
] as const;
export type MoralKind = (typeof MORALS)[number];
export type StoryMoral = { readonly kind: MoralKind } | { readonly own: string };

export interface BriefChild {
  readonly name: string;
  /** Years, 1 to 18. */
  readonly age: number;
  readonly gender: Gender;
  readonly interests: readonly string[];
}

export interface BriefHero {
  readonly name: string;
  readonly gender: Gender;
  readonly appearance: string;
  readonly traits: readonly string[];
  readonly interests: readonly string[];
  readonly strengths: readonly string[];
}

/** What a story before this one left behind. */
export interface PreviousStory {
  readonly title: string;
  readonly summary: string;
  readonly companion?: string;
  /** As in `WrittenStory`; a place nobody knows is not gone to. */
  readonly place?: string;
}

/** What is asked of a story. `child` is needed by kinds child and combined, `hero` by hero and combined. */
export interface StoryBrief {
  readonly kind: 'child' | 'hero' | 'combined';
  readonly child?: BriefChild;
  readonly hero?: BriefHero;
  readonly moral: StoryMoral;
  /** Of reading aloud, 1 to 30, at 150 words a minute. */
  readonly minutes: number;
  /** The same brief with the same seed is the same story. */
  readonly seed: number;
  readonly previous?: PreviousStory;
}

/** A story as any writer hands it in. */
export interface Draft {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly summary: string;
  readonly moral: string;
  readonly skeleton: string;
  readonly words: number;
}

/** A stretch of the story in one place: its first paragraph and how many there are. */
export interface SceneSpan {
  readonly name: string;
  readonly from: number;
  readonly count: number;
}

/** A story of the grammar: it also knows who went along, so that a series can meet them again. */
export interface WrittenStory extends Draft {
  readonly companion: string;
  readonly setting: string;
  /** Where it happens, without "in". */
  readonly place: string;
  readonly scenes: readonly SceneSpan[];
}

export const WORDS_PER_MINUTE = 150;
export const LENGTH_TOLERANCE = 0.1;
/** A hero's story without a child is told for this age. */
const AGE_OF_HERO_STORIES = 7;

/** From here on stories have another tone: nobody nearly grown is told of toads with a cold. */
export const TEEN_FROM = 13;
export const isTeen = (brief: StoryBrief): boolean => ageOf(brief) >= TEEN_FROM;

export const ageOf = (brief: StoryBrief): number => brief.child?.age ?? AGE_OF_HERO_STORIES;
