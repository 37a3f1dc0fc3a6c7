import type { Score, StoryBrief, WrittenStory } from '../grammar/index.ts';

/** What is asked of the thread that writes: a story, or how good a draft is. One at a time. */
export type GrammarJob =
  | { readonly type: 'write'; readonly brief: StoryBrief }
  | { readonly type: 'judge'; readonly brief: StoryBrief; readonly draft: JudgedDraft };

/** What of a draft is judged. */
export type JudgedDraft = Pick<WrittenStory, 'title' | 'paragraphs' | 'summary' | 'moral' | 'skeleton' | 'words'>;

export type GrammarAnswer =
  { readonly type: 'written'; readonly story: WrittenStory } | { readonly type: 'judged'; readonly score: Score };

export type GrammarReply =
  { readonly type: 'ready' } | GrammarAnswer | { readonly type: 'failed'; readonly message: string };
