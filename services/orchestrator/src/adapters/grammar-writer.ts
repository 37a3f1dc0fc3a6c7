import { setImmediate as turn } from 'node:timers/promises';
import { scoreDraft, writeStory, type StoryBrief as GrammarBrief } from '../grammar/index.ts';
import type { Age, ChildProfile, Draft, HeroProfile, Judge, StoryBrief, StoryWriter } from '../stories/index.ts';

type GrammarGender = NonNullable<GrammarBrief['child']>['gender'];
type GrammarMoral = Exclude<GrammarBrief['moral'], { own: string }>['kind'];

/** The year that stands for a group. */
const YEARS_OF = { '2_TO_3': 3, '3_TO_5': 4, '5_TO_7': 6 } as const;

/** What is judged is the text, whatever its seed was. */
const ANY_SEED = 0;

/** The embedded story grammar: English, no model and no network. */
export class GrammarWriter implements StoryWriter {
  readonly model = 'offline-grammar';

  writes(language: string): boolean {
    return /^en(-|$)/i.test(language);
  }

  async write(brief: StoryBrief, seed: number, { signal }: Parameters<StoryWriter['write']>[2]): Promise<Draft> {
    // A draft is a few milliseconds of computing: each in a turn of its own, so that other calls come in between.
    await turn(undefined, { signal });
    const { title, paragraphs, summary, moral, companion, place } = writeStory(toGrammar(brief, seed));
    return { title, paragraphs, summary, moral, companion, place, usage: undefined };
  }
}

/** Judges a draft, whoever wrote it. */
export const judgeDraft: Judge = (brief, draft) => {
  const words = draft.paragraphs.join(' ').split(/\s+/).length;
  const { overall, parts } = scoreDraft(toGrammar(brief, ANY_SEED), { ...draft, skeleton: '', words });
  return { total: overall, criteria: parts.map(({ name, score }) => ({ name, score })) };
};

function toGrammar({ child, hero, moral, minutes, previous }: StoryBrief, seed: number): GrammarBrief {
  return {
    kind: kindOf(child, hero),
    ...(child && { child: toGrammarChild(child) }),
    ...(hero && { hero: toGrammarHero(hero) }),
    moral: 'own' in moral ? moral : { kind: lower<GrammarMoral>(moral.kind) },
    minutes,
    seed,
    ...(previous && { previous }),
  };
}

function kindOf(child: ChildProfile | undefined, hero: HeroProfile | undefined): GrammarBrief['kind'] {
  if (!hero) return 'child';
  return child ? 'combined' : 'hero';
}

const toGrammarChild = ({ displayName, age, gender, interests }: ChildProfile) => ({
  name: displayName,
  age: yearsOf(age),
  gender: lower<GrammarGender>(gender),
  interests,
});

const toGrammarHero = ({ displayName, gender, appearance, traits, interests, strengths }: HeroProfile) => ({
  name: displayName,
  gender: lower<GrammarGender>(gender),
  appearance,
  traits,
  interests,
  strengths,
});

/** A kept child always has an age, and a new one is refused without. */
const yearsOf = (age: Age | undefined): number =>
  age?.type === 'years' ? age.years : YEARS_OF[age?.group ?? '3_TO_5'];

const lower = <T extends string>(name: Uppercase<T>): T => name.toLowerCase() as T;
