import { fold } from '../records/index.ts';
import type { StoryContent, StoryFilter } from '../stories/index.ts';
import { json, type RecordTable } from './record-table.ts';

interface StoryRow {
  title: string;
  text: string;
  summary: string;
  moral: string;
  kind: string;
  child_id: string | null;
  child: StoryContent['child'] | null;
  hero_id: string | null;
  parent_id: string | null;
  companion: string;
  place: string;
  language: string;
  length_minutes: number;
  rating: number | null;
  audio: string;
  audio_provider: string;
  illustrations: string[];
  model: string;
  generation_info: StoryContent['generationInfo'] | null;
  score: StoryContent['score'] | null;
  state: string;
}

const toColumns = (story: StoryContent) => ({
  title: story.title,
  text: story.text,
  summary: story.summary,
  moral: story.moral,
  kind: story.kind,
  child_id: story.childId ?? null,
  child: json(story.child),
  hero_id: story.heroId ?? null,
  parent_id: story.parentId ?? null,
  companion: story.companion,
  place: story.place,
  language: story.language,
  length_minutes: story.lengthMinutes,
  rating: story.rating ?? null,
  audio: story.audio,
  audio_provider: story.audioProvider,
  illustrations: story.illustrations,
  model: story.model,
  generation_info: json(story.generationInfo),
  score: json(story.score),
  state: story.state,
});

const toContent = (row: StoryRow): StoryContent => ({
  title: row.title,
  text: row.text,
  summary: row.summary,
  moral: row.moral,
  kind: row.kind,
  childId: row.child_id ?? undefined,
  child: row.child ?? undefined,
  heroId: row.hero_id ?? undefined,
  parentId: row.parent_id ?? undefined,
  companion: row.companion,
  place: row.place,
  language: row.language,
  lengthMinutes: row.length_minutes,
  rating: row.rating ?? undefined,
  audio: row.audio,
  audioProvider: row.audio_provider,
  illustrations: row.illustrations,
  model: row.model,
  generationInfo: row.generation_info ?? undefined,
  score: row.score ?? undefined,
  state: row.state,
});

export const STORIES: RecordTable<StoryContent, StoryFilter> = {
  name: 'storage.stories',
  columns: [
    ...[
      'title',
      'text',
      'summary',
      'moral',
      'kind',
      'child_id',
      'child',
      'hero_id',
      'parent_id',
      'language',
      'companion',
      'place',
    ],
    ...['length_minutes', 'rating', 'audio', 'audio_provider', 'illustrations', 'model', 'generation_info', 'score'],
    'state',
  ],
  toColumns: (story) => ({
    ...toColumns(story),
    child_name_key: story.child ? fold(story.child.displayName) : null,
    language_key: fold(story.language),
  }),
  toContent,
  toFilter: ({ childId, childNameKey, languageKey, state }) => ({
    child_id: childId,
    child_name_key: childNameKey,
    language_key: languageKey,
    state,
  }),
};
