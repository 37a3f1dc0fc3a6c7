import { discardNarrations, type Narrator } from '../parts/index.ts';
import type { StoryArchive, Version } from './ports.ts';
import { rateStory } from './story.ts';
import type { Story } from './types.ts';

/** Rates a story that is there. */
export async function giveRating(
  { name, rating }: { name: string; rating: number },
  { stories }: { stories: StoryArchive },
): Promise<Story> {
  return stories.saveRating(rateStory({ name, rating: undefined }, rating));
}

/** Removes a story, and then its narration, also one that was never named in it. */
export async function deleteStory(
  version: Version,
  { stories, narrator }: { stories: StoryArchive; narrator: Narrator },
): Promise<void> {
  const { audio } = await stories.get(version.name);
  await stories.delete(version);
  await discardNarrations(narrator, version.name, audio);
}
