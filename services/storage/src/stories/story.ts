import type { ChildContent } from '../children/index.ts';
import { blankOf, type Problem, type RecordKind, type RecordOf, type Repository } from '../records/index.ts';
import type { TokenUsage } from './generation.ts';

export interface GenerationInfo {
  readonly attempts: number;
  readonly usage: TokenUsage | undefined;
  readonly costMicroUsd: number | undefined;
}

export interface Score {
  readonly total: number;
  readonly criteria: readonly { readonly name: string; readonly score: number }[];
}

/** Names of states are kept as given: nothing here depends on them. */
export interface StoryContent {
  readonly title: string;
  readonly text: string;
  readonly summary: string;
  readonly moral: string;
  /** CHILD, HERO or COMBINED. */
  readonly kind: string;
  readonly childId: string | undefined;
  /** The child as it was when the story was stored. */
  readonly child: ChildContent | undefined;
  readonly heroId: string | undefined;
  readonly parentId: string | undefined;
  /** Who goes along and where it happens; empty when it is not told. */
  readonly companion: string;
  readonly place: string;
  readonly language: string;
  readonly lengthMinutes: number;
  readonly rating: number | undefined;
  readonly audio: string;
  readonly audioProvider: string;
  readonly illustrations: readonly string[];
  readonly model: string;
  readonly generationInfo: GenerationInfo | undefined;
  readonly score: Score | undefined;
  /** Undefined in a request only. */
  readonly state: string | undefined;
}

export type Story = RecordOf<StoryContent>;

export interface StoryFilter {
  readonly childId: string | undefined;
  /** Folded, as the language. */
  readonly childNameKey: string | undefined;
  readonly languageKey: string | undefined;
  readonly state: string | undefined;
}

export type StoryRepository = Repository<StoryContent, StoryFilter>;

/** Whom a story of each kind is told of. */
const TOLD_OF: Readonly<Record<string, { child: boolean; hero: boolean }>> = {
  CHILD: { child: true, hero: false },
  HERO: { child: false, hero: true },
  COMBINED: { child: true, hero: true },
};

function wrongHero({ kind, childId, heroId }: StoryContent): Problem | undefined {
  const toldOf = TOLD_OF[kind];
  if (!toldOf) return { field: 'kind', why: `must be one of ${Object.keys(TOLD_OF).join(', ')}` };
  const why = (isWanted: boolean): string => `a story of kind ${kind} has ${isWanted ? 'one' : 'none'}`;
  if (toldOf.child !== (childId !== undefined)) return { field: 'child', why: why(toldOf.child) };
  if (toldOf.hero !== (heroId !== undefined)) return { field: 'hero', why: why(toldOf.hero) };
  return undefined;
}

export const STORY: RecordKind<StoryContent> = {
  collection: 'stories',
  message: 'story',
  notFound: 'STORY_NOT_FOUND',
  changeable: {
    title: 'title',
    text: 'text',
    summary: 'summary',
    moral: 'moral',
    length_minutes: 'lengthMinutes',
    audio: 'audio',
    audio_provider: 'audioProvider',
    illustrations: 'illustrations',
    model: 'model',
    generation_info: 'generationInfo',
    score: 'score',
    state: 'state',
  },
  check: (story) => {
    const { title, text, language, state } = story;
    if (state === undefined) return { field: 'state', why: 'must be told' };
    return blankOf({ title, text, language }) ?? wrongHero(story);
  },
};
