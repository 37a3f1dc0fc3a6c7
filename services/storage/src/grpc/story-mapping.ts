import { childName, heroName, idIn, storyName } from '@exempla/contracts';
import type {
  CreateStoryRequest,
  ListStoriesRequest,
  LookupStoryRequest,
  UpdateStoryRequest,
} from '@exempla/contracts/storage/v1/story_store_service';
import {
  type ChildSnapshot,
  Story as WireStory,
  Story_State as WireState,
  StoryKind,
  type StoryRevision as WireRevision,
} from '@exempla/contracts/type/v1/story';
import type { ChildContent } from '../children/index.ts';
import type { CreateInput, RequestKey, UpdateInput } from '../records/index.ts';
import type { ListStoriesInput, Story, StoryContent, StoryRevision } from '../stories/index.ts';
import { fromAge, fromGender } from './child-mapping.ts';
import { enumNames } from './enum-names.ts';
import { fromGenerationInfo, toGenerationInfo } from './generation-mapping.ts';
import { checkRequest } from './request-checks.ts';

const kinds = enumNames<StoryKind>(StoryKind, 'STORY_KIND_');
const states = enumNames<WireState>(WireState, 'STATE_');

const toState = (state: WireState): string | undefined =>
  state === WireState.STATE_UNSPECIFIED ? undefined : states.toName(state);
/** The id in a name that may be empty. */
const toId = (name: string): string | undefined => (name === '' ? undefined : idIn(name));

const fromSnapshot = (child: ChildContent): ChildSnapshot => ({
  displayName: child.displayName,
  age: fromAge(child.age),
  gender: fromGender(child.gender),
  interests: [...child.interests],
});

/** What others set, the caller does not: the rating and the child as it was. */
const toStoryContent = (story: WireStory): StoryContent => ({
  title: story.title,
  text: story.text,
  summary: story.summary,
  moral: story.moral,
  kind: kinds.toName(story.kind),
  childId: toId(story.child),
  child: undefined,
  heroId: toId(story.hero),
  parentId: toId(story.parentStory),
  companion: story.companion,
  place: story.place,
  language: story.language,
  lengthMinutes: story.lengthMinutes,
  rating: undefined,
  audio: story.audio,
  audioProvider: story.audioProvider,
  illustrations: story.illustrations,
  model: story.model,
  generationInfo: toGenerationInfo(story.generationInfo),
  score: story.score,
  state: toState(story.state),
});

export const fromStory = (story: Story): WireStory => ({
  name: storyName(story.id),
  title: story.title,
  text: story.text,
  summary: story.summary,
  moral: story.moral,
  kind: kinds.fromName(story.kind),
  child: story.childId === undefined ? '' : childName(story.childId),
  childSnapshot: story.child && fromSnapshot(story.child),
  hero: story.heroId === undefined ? '' : heroName(story.heroId),
  language: story.language,
  lengthMinutes: story.lengthMinutes,
  rating: story.rating,
  audio: story.audio,
  audioProvider: story.audioProvider,
  illustrations: [...story.illustrations],
  model: story.model,
  generationInfo: fromGenerationInfo(story.generationInfo),
  score: story.score && { ...story.score, criteria: [...story.score.criteria] },
  parentStory: story.parentId === undefined ? '' : storyName(story.parentId),
  companion: story.companion,
  place: story.place,
  state: states.fromName(story.state ?? 'UNSPECIFIED'),
  etag: story.etag,
  createTime: story.createTime,
  updateTime: story.updateTime,
});

export const fromStoryRevision = ({ storyId, number, title, text, createTime }: StoryRevision): WireRevision => ({
  name: `${storyName(storyId)}/revisions/${number}`,
  number,
  title,
  text,
  createTime,
});

/** The rules of the protos see to it that the message is there; an empty one stands in for the type. */
const present = (story: WireStory | undefined): WireStory => story ?? WireStory.create();

export function toCreateStory(request: CreateStoryRequest): CreateInput<StoryContent> {
  checkRequest(request);
  const content = toStoryContent(present(request.story));
  const { requestId, requestFingerprint } = request;
  return { content: { ...content, state: content.state ?? 'NEW' }, requestId, requestFingerprint };
}

export function toLookupStory(request: LookupStoryRequest): RequestKey {
  checkRequest(request);
  return request;
}

export function toUpdateStory(request: UpdateStoryRequest): UpdateInput<StoryContent> {
  const story = present(request.story);
  checkRequest(request, { 'story.name': story.name });
  return { id: idIn(story.name), etag: story.etag, mask: request.updateMask ?? [], values: toStoryContent(story) };
}

export function toListStories(request: ListStoriesRequest): ListStoriesInput {
  checkRequest(request);
  return { ...request, childId: toId(request.child), state: toState(request.state) };
}
