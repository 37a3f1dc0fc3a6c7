import type { GenderKey, GroupKey, MoralKey } from './brief.ts';

/** Everything that a prompt says in one language. */
export interface Wording {
  readonly task: { readonly child: string; readonly hero: string; readonly combined: string };
  readonly child: string;
  readonly hero: string;
  /** Names of the facts. */
  readonly name: string;
  readonly age: string;
  readonly gender: string;
  readonly interests: string;
  readonly appearance: string;
  readonly traits: string;
  readonly strengths: string;
  readonly genders: Readonly<Record<GenderKey, string>>;
  readonly groups: Readonly<Record<GroupKey, string>>;
  readonly years: (count: number) => string;
  readonly lesson: (moral: string) => string;
  readonly morals: Readonly<Record<MoralKey, string>>;
  readonly together: string;
  readonly previous: (title: string, summary: string) => string;
  readonly length: (words: number, minutes: number) => string;
  /** How it is to be told, one rule each. */
  readonly rules: readonly string[];
  /** What is told is no order. */
  readonly data: string;
}
