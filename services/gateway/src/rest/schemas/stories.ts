import { Type, type Static } from 'typebox';
import { exactly, Gender, Id, line, NextPage, orNull, paging, Time } from './parts.ts';

/** A story as it is kept. */
export const StoredStory = Type.Object({
  id: Type.String(),
  title: Type.String(),
  content: Type.String(),
  summary: Type.String(),
  moral: Type.String(),
  kind: Type.Enum(['child', 'hero', 'combined']),
  language: Type.String(),
  child_id: orNull(Type.String()),
  child_name: orNull(Type.String({ description: 'As it was when the story was told, as all of the child here.' })),
  child_age: orNull(Type.Integer()),
  child_gender: orNull(Gender),
  child_interests: Type.Array(Type.String()),
  hero_id: orNull(Type.String()),
  previous_story_id: orNull(Type.String()),
  story_length: Type.Integer(),
  rating: orNull(Type.Integer({ minimum: 1, maximum: 10 })),
  score: orNull(
    Type.Object({
      total: Type.Number(),
      criteria: Type.Array(Type.Object({ name: Type.String(), score: Type.Number() })),
    }),
  ),
  audio_file_url: orNull(Type.String()),
  audio_provider: orNull(Type.String()),
  audio_generation_metadata: orNull(Type.Object({ object: Type.String() })),
  model_used: Type.String(),
  etag: Type.String(),
  created_at: orNull(Time),
  updated_at: orNull(Time),
});
export type StoredStory = Static<typeof StoredStory>;

export const StoryPage = Type.Object({ stories: Type.Array(StoredStory), next_page_token: NextPage });

export const StoryQuery = exactly({
  ...paging,
  child_id: Type.Optional(Id),
  child_name: Type.Optional(line(60, 'Whatever its letter case.')),
  language: Type.Optional(Type.String({ maxLength: 35, pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$' })),
});

export const Rating = exactly({ rating: Type.Integer({ minimum: 1, maximum: 10 }) });
