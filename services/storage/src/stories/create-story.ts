import { CHILD, type ChildContent } from '../children/index.ts';
import { HERO } from '../heroes/index.ts';
import { type Call, type CreateInput, createRecord, getRecord, madeBy } from '../records/index.ts';
import { STORY, type Story, type StoryContent } from './story.ts';
import { storyEvent } from './story-event.ts';
import type { StoryStore, StoryUnit } from './story-store.ts';

/** Whom it is told of, and what it goes on from, has to be there; the child is kept as it is now. */
export function createStory(store: StoryStore, call: Call, input: CreateInput<StoryContent>): Promise<Story> {
  return store.withTransaction(call, async (unit) => {
    const complete = async (content: StoryContent): Promise<StoryContent> => {
      if (content.heroId !== undefined) await getRecord(HERO, unit.heroes, content.heroId);
      if (content.parentId !== undefined) await getRecord(STORY, unit.stories, content.parentId);
      return { ...content, child: await snapshotOf(unit, content.childId) };
    };
    const outcome = await createRecord(STORY, unit.stories, { ...input, complete });
    if (outcome.type === 'created') unit.tell(storyEvent('story.created', outcome.record));
    return madeBy(outcome);
  });
}

async function snapshotOf({ children }: StoryUnit, id: string | undefined): Promise<ChildContent | undefined> {
  if (id === undefined) return undefined;
  const { displayName, age, gender, interests } = await getRecord(CHILD, children, id);
  return { displayName, age, gender, interests };
}
