export { faultOf, type AnswerFault } from './answer-fault.ts';
export type * from './brief.ts';
export { AnswerReader, type AnswerPiece, type StoryAnswer } from './story-answer.ts';
export { childPrompt, combinedPrompt, heroPrompt, promptText, storyPrompt, type StoryPrompt } from './story-prompt.ts';
export { TITLE_LINE_MAX, titleIn } from './title-line.ts';
