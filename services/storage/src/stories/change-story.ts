import { randomUUID } from 'node:crypto';
import { type Call, findForChange, newEtag, type UpdateInput, type Version, withMask } from '../records/index.ts';
import { STORY, type Story, type StoryContent } from './story.ts';
import { storyEvent } from './story-event.ts';
import type { StoryStore, StoryUnit } from './story-store.ts';

export function updateStory(store: StoryStore, call: Call, input: UpdateInput<StoryContent>): Promise<Story> {
  return store.withTransaction(call, async (unit) => {
    const before = await findForChange(STORY, unit.stories, input);
    const content = withMask<StoryContent>(STORY, before, input);
    if (content.title !== before.title || content.text !== before.text) await keepRevision(unit, before);
    const story = await unit.stories.update(before.id, content, newEtag());
    unit.tell(storyEvent('story.changed', story));
    return story;
  });
}

async function keepRevision({ storyRevisions }: StoryUnit, { id: storyId, title, text }: Story): Promise<void> {
  const number = await storyRevisions.nextNumber(storyId);
  const content = { storyId, number, title, text };
  await storyRevisions.save({ id: randomUUID(), etag: newEtag(), content, request: undefined });
}

export interface Rating {
  readonly id: string;
  /** 1 to 10. */
  readonly rating: number;
}

/** The last rating holds. */
export function rateStory(store: StoryStore, call: Call, { id, rating }: Rating): Promise<Story> {
  return store.withTransaction(call, async ({ stories, tell }) => {
    const before = await findForChange(STORY, stories, { id, etag: '' });
    const story = await stories.update(id, { ...before, rating }, newEtag());
    tell(storyEvent('story.rated', story));
    return story;
  });
}

export function deleteStory(store: StoryStore, call: Call, version: Version): Promise<void> {
  return store.withTransaction(call, async ({ stories, tell }) => {
    const story = await findForChange(STORY, stories, version);
    await stories.delete(story.id);
    tell(storyEvent('story.deleted', story));
  });
}
