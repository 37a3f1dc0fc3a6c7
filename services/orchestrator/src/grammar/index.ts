export * from './brief.ts';
export { PASSING_SCORE, scoreDraft, type Score } from './score/score-draft.ts';
export type { PartName, PartScore } from './score/part.ts';
export { writeStory } from './write-story.ts';
