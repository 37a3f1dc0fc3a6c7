import { PASSING_SCORE, type StoryBrief as GrammarBrief } from '../grammar/index.ts';
import type { StepTime } from '../parts/index.ts';
import { promptText, storyPrompt } from '../prompts/index.ts';
import type {
  Age,
  ChildProfile,
  Draft,
  DraftJob,
  HeroProfile,
  StoryBrief,
  StoryJudge,
  StoryScore,
  StoryWriter,
} from '../stories/index.ts';
import type { GrammarThread } from './grammar-thread.ts';

type GrammarGender = NonNullable<GrammarBrief['child']>['gender'];
type GrammarMoral = Exclude<GrammarBrief['moral'], { own: string }>['kind'];

/** The year that stands for a group. */
const YEARS_OF = { '2_TO_3': 3, '3_TO_5': 4, '5_TO_7': 6 } as const;

const OFFLINE_GRAMMAR = 'offline-grammar';
const isEnglish = (language: string): boolean => /^en(-|$)/i.test(language);

/** The grammar costs nothing and counts no tokens. */
const generationOf = (brief: StoryBrief) => ({
  model: OFFLINE_GRAMMAR,
  prompt: promptText(storyPrompt(brief)),
  usage: undefined,
  costMicroUsd: undefined,
  errorReason: '',
});

/** What is judged is the text, whatever its seed was. */
const ANY_SEED = 0;

/** The embedded story grammar, in a thread of its own: English, no model and no network. It also judges, whoever wrote. */
export class GrammarWriter implements StoryWriter, StoryJudge {
  readonly names = [OFFLINE_GRAMMAR];
  readonly isPaid = false;
  readonly passingScore = PASSING_SCORE;
  readonly #thread: GrammarThread;

  constructor(thread: GrammarThread) {
    this.#thread = thread;
  }

  writes(language: string): boolean {
    return isEnglish(language);
  }

  /** By rules of English: of other languages it would say nothing. */
  judges(language: string): boolean {
    return isEnglish(language);
  }

  async write({ brief, seed }: DraftJob, { signal }: StepTime): Promise<Draft> {
    const answer = await this.#thread.ask({ type: 'write', brief: toGrammar(brief, seed) }, signal);
    if (answer.type !== 'written') throw new Error('the story thread did not write');
    const { title, paragraphs, summary, moral, companion, place } = answer.story;
    return { title, paragraphs, summary, moral, companion, place, generation: generationOf(brief) };
  }

  async judge(brief: StoryBrief, draft: Draft, { signal }: StepTime): Promise<StoryScore> {
    const { title, paragraphs, summary, moral } = draft;
    const words = paragraphs.join(' ').split(/\s+/).length;
    const judged = { title, paragraphs, summary, moral, skeleton: '', words };
    const answer = await this.#thread.ask({ type: 'judge', brief: toGrammar(brief, ANY_SEED), draft: judged }, signal);
    if (answer.type !== 'judged') throw new Error('the story thread did not judge');
    const { overall, parts } = answer.score;
    return { total: overall, criteria: parts.map(({ name, score }) => ({ name, score })) };
  }
}

function toGrammar({ child, hero, moral, minutes, previous }: StoryBrief, seed: number): GrammarBrief {
  return {
    kind: kindOf(child, hero),
    ...(child && { child: toGrammarChild(child) }),
    ...(hero && { hero: toGrammarHero(hero) }),
    moral: 'own' in moral ? moral : { kind: lower<GrammarMoral>(moral.kind) },
    minutes,
    seed,
    ...(previous && { previous: toPrevious(previous) }),
  };
}

/** Of a whole story no more than is wanted: it goes to another thread. */
const toPrevious = ({ title, summary, companion, place }: NonNullable<StoryBrief['previous']>) => ({
  title,
  summary,
  companion,
  place,
});

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
