import type { GenderKey, GroupKey, MoralKey } from './brief.ts';

/** Who a story is about. */
export type PromptKind = 'child' | 'hero' | 'combined';

/** Everything that a prompt says in one language. */
export interface Wording {
  /** The instructions: constants, in which nothing stands that anybody told. */
  readonly system: Readonly<Record<PromptKind, string>>;
  /** Whether the data name the language to write in. */
  readonly asksForLanguage: boolean;
  readonly pronouns: Readonly<Record<GenderKey, string>>;
  readonly groups: Readonly<Record<GroupKey, string>>;
  readonly years: (count: number) => string;
  /** What a story shows. */
  readonly morals: Readonly<Record<MoralKey, string>>;
}
