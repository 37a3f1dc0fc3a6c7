/** What a prompt is made of: what a story is to be of, as plain data. */
export interface PromptBrief {
  readonly child: PromptChild | undefined;
  readonly hero: PromptHero | undefined;
  readonly moral: { readonly kind: MoralKey } | { readonly own: string };
  readonly language: string;
  /** Of reading aloud. */
  readonly minutes: number;
  readonly previous: PromptPrevious | undefined;
}

export interface PromptPrevious {
  readonly title: string;
  readonly summary: string;
  /** Who went along and where it happened; empty when nobody can tell. */
  readonly companion: string;
  readonly place: string;
}

export interface PromptChild {
  readonly displayName: string;
  readonly age: PromptAge | undefined;
  readonly gender: GenderKey;
  readonly interests: readonly string[];
}

export interface PromptHero {
  readonly displayName: string;
  readonly gender: GenderKey;
  readonly appearance: string;
  readonly traits: readonly string[];
  readonly interests: readonly string[];
  readonly strengths: readonly string[];
}

export type PromptAge =
  { readonly type: 'years'; readonly years: number } | { readonly type: 'group'; readonly group: GroupKey };
export type GroupKey = '2_TO_3' | '3_TO_5' | '5_TO_7';
export type GenderKey = 'FEMALE' | 'MALE' | 'OTHER';
export type MoralKey =
  'KINDNESS' | 'HONESTY' | 'BRAVERY' | 'FRIENDSHIP' | 'PERSEVERANCE' | 'EMPATHY' | 'RESPECT' | 'RESPONSIBILITY';
