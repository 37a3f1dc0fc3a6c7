// exempla.type.v1.Story ↔ room. Storage and our callers speak of the same resource.
import {
  type GenerationInfo as WireInfo,
  type Story as WireStory,
  Story_State as WireState,
  StoryKind as WireKind,
} from '@exempla/contracts/type/v1/story';
import type { GenerationInfo, NewStory, Story, StoryKind, StoryState } from '../stories/index.ts';
import { fromProfile, toProfile } from './cast.ts';
import { enumNames } from './names.ts';

const kinds = enumNames<StoryKind>(WireKind, 'STORY_KIND_');
const states = enumNames<StoryState>(WireState, 'STATE_');

/** The rules keep a cost far below 2^53. */
const fromInfo = ({ attempts, usage, costMicroUsd }: WireInfo): GenerationInfo => ({
  attempts,
  usage,
  costMicroUsd: costMicroUsd === undefined ? undefined : Number(costMicroUsd),
});

const toInfo = ({ attempts, usage, costMicroUsd }: GenerationInfo): WireInfo => ({
  attempts,
  usage: usage && { ...usage },
  costMicroUsd: costMicroUsd === undefined ? undefined : BigInt(costMicroUsd),
});

export function fromStory(story: WireStory): Story {
  const kind = kinds.from(story.kind);
  return {
    ...story,
    // Only one that a newer version wrote can be of no kind we know.
    kind: kind === 'UNSPECIFIED' ? 'CHILD' : kind,
    childSnapshot: story.childSnapshot && fromProfile(story.childSnapshot),
    rating: story.rating,
    generationInfo: story.generationInfo && fromInfo(story.generationInfo),
    state: states.from(story.state),
  };
}

/** What is kept of a new story. */
export const toNewStory = (story: NewStory) => ({
  ...story,
  kind: kinds.to<WireKind>(story.kind),
  illustrations: [...story.illustrations],
  generationInfo: story.generationInfo && toInfo(story.generationInfo),
  score: story.score && { total: story.score.total, criteria: [...story.score.criteria] },
});

export const toStory = (story: Story): WireStory => ({
  ...toNewStory(story),
  name: story.name,
  childSnapshot: story.childSnapshot && toProfile(story.childSnapshot),
  rating: story.rating,
  state: states.to<WireState>(story.state),
  etag: story.etag,
  createTime: story.createTime,
  updateTime: story.updateTime,
});
