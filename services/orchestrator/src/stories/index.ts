export { generateStory } from './generate-story.ts';
export { createChild, createHero, updateChild, updateHero } from './keep-cast.ts';
export { deleteStory, giveRating } from './keep-stories.ts';
export type * from './ports.ts';
export { draftUnusable, StoryError, type StoryReason } from './story-error.ts';
export * from './types.ts';
export { WriterFault } from './writer-fault.ts';
