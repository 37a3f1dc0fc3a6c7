export type * from './brief.ts';
export { childPrompt, combinedPrompt, heroPrompt, storyPrompt } from './story-prompt.ts';
