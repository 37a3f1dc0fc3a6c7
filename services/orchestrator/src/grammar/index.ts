export * from './brief.ts';
export { writeStory } from './write-story.ts';
