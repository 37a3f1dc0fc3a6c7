import {
  Moral as WireMoral,
  type GenerateStoryRequest,
  type GenerateStoryResponse,
} from '@exempla/contracts/orchestrator/v1/story_service';
import { StoryKind, type Story } from '@exempla/contracts/type/v1/story';
import { status, StatusError, type PartialMessage } from '@exempla/rpc';
import type { GeneratedStory, GeneratedStoryWithId, GenerateStory } from '../schemas/generate-story.ts';
import type { StoredStory } from '../schemas/stories.ts';
import { fromGender, idOf, idOrNull, nameOf, renaming, timeOf, toGender } from './names.ts';

/** What to ask the orchestrator for. The voice may be one that a provider was asked for. */
export function toGenerateRequest(body: GenerateStory): PartialMessage<GenerateStoryRequest> {
  const { language, story_length, generate_audio, voice_options, seed, provider } = body;
  return {
    toldTo: toldTo(body),
    hero: nameOf('heroes', body.hero_id),
    lesson: lessonOf(body),
    language,
    lengthMinutes: story_length ?? undefined,
    narrate: generate_audio ?? false,
    voice: voice_options?.voice ?? '',
    previousStory: nameOf('stories', body.previous_story_id),
    seed: seed ?? undefined,
    provider: provider ?? '',
  };
}

function toldTo({ child, child_id }: GenerateStory): PartialMessage<GenerateStoryRequest>['toldTo'] {
  if (child && child_id) throw twoChildren();
  if (child_id) return { $case: 'child', value: nameOf('children', child_id) };
  if (!child) return undefined;
  const { name: displayName, age, gender, interests } = child;
  const value = { displayName, age: { $case: 'years' as const, value: age }, gender: toGender(gender), interests };
  return { $case: 'newChild', value };
}

const twoChildren = (): StatusError =>
  new StatusError(status.INVALID_ARGUMENT, 'INVALID_REQUEST', 'child and child_id: only one of them can be told', {
    violations: [{ field: 'child_id', description: 'only one of child and child_id can be told', rule: 'oneof' }],
  });

function lessonOf({ moral, custom_moral }: GenerateStory): NonNullable<GenerateStoryRequest['lesson']> {
  if (typeof custom_moral === 'string') return { $case: 'customMoral', value: custom_moral };
  const name = `MORAL_${(moral ?? 'kindness').toUpperCase()}` as keyof typeof WireMoral;
  return { $case: 'moral', value: WireMoral[name] };
}

/** Where the sound of a story is; null when it has none. */
export const audioUrl = ({ name, audio }: Pick<Story, 'name' | 'audio'>): string | null =>
  audio === '' ? null : `/api/v1/stories/${idOf(name)}/audio`;

type Generated = Pick<GenerateStoryResponse, 'story' | 'degraded' | 'fallbackReason'>;

export function fromGenerated({ story, degraded, fallbackReason }: Generated): GeneratedStory {
  if (!story) throw new Error('an answer without its story');
  return {
    title: story.title,
    content: story.text,
    moral: story.moral,
    language: story.language,
    story_length: story.lengthMinutes,
    audio_file_url: audioUrl(story),
    // Only where something is missing, or somebody stood in: the answer is an old one.
    ...(degraded.length > 0 && { degraded: [...degraded] }),
    ...(fallbackReason !== '' && { model_used: story.model, fallback_reason: fallbackReason }),
  };
}

export const fromGeneratedWithId = (generated: Generated): GeneratedStoryWithId => ({
  ...fromGenerated(generated),
  id: idOf(generated.story?.name ?? ''),
  rating: generated.story?.rating ?? null,
});

export function fromStory(story: Story): StoredStory {
  const { childSnapshot: child, score, audio } = story;
  return {
    id: idOf(story.name),
    title: story.title,
    content: story.text,
    summary: story.summary,
    moral: story.moral,
    kind: kindOf(story.kind),
    language: story.language,
    child_id: idOrNull(story.child),
    child_name: child?.displayName ?? null,
    child_age: child?.age?.$case === 'years' ? child.age.value : null,
    child_gender: child ? fromGender(child.gender) : null,
    child_interests: child?.interests ?? [],
    hero_id: idOrNull(story.hero),
    previous_story_id: idOrNull(story.parentStory),
    story_length: story.lengthMinutes,
    rating: story.rating ?? null,
    score: score ?? null,
    audio_file_url: audioUrl(story),
    audio_provider: story.audioProvider || null,
    audio_generation_metadata: audio === '' ? null : { object: audio },
    model_used: story.model,
    etag: story.etag,
    created_at: timeOf(story.createTime),
    updated_at: timeOf(story.updateTime),
  };
}

const kindOf = (kind: StoryKind): StoredStory['kind'] =>
  kind === StoryKind.STORY_KIND_HERO ? 'hero' : kind === StoryKind.STORY_KIND_COMBINED ? 'combined' : 'child';

/** Names of the messages as the bodies have them. */
export const storyFieldNames = renaming([
  ['request', ''],
  ['new_child.display_name', 'child.name'],
  ['new_child.years', 'child.age'],
  ['new_child', 'child'],
  ['child', 'child_id'],
  ['hero', 'hero_id'],
  ['previous_story', 'previous_story_id'],
  ['length_minutes', 'story_length'],
  ['narrate', 'generate_audio'],
  ['voice', 'voice_options.voice'],
]);
