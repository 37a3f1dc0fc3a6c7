import type { StepTime } from '../parts/index.ts';
import { storyPrompt } from '../prompts/index.ts';
import type { Draft, Generation, StoryBrief, StoryPorts } from './ports.ts';
import { draftSeed } from './seeds.ts';
import type { StoryScore, TokenUsage } from './types.ts';

/** The draft that won. */
export interface WrittenStory {
  readonly draft: Draft;
  /** Undefined when nobody judges. */
  readonly score: StoryScore | undefined;
  readonly model: string;
  /** All drafts together; undefined when the writer does not tell. */
  readonly usage: TokenUsage | undefined;
  /** Each time the writer was asked, in order. */
  readonly generations: readonly Generation[];
}

const DRAFTS = 3;
/** A further draft is begun when what is left is this many times what the longest one took. */
const ROOM = 3;

interface Judged {
  readonly draft: Draft;
  readonly score: StoryScore | undefined;
}

/**
 * Writes up to three drafts and takes the one with the best score; of equals the first. The first draft is required; one
 * of the others that fails, or for which there is no time, is done without.
 */
export async function writeBestDraft(
  brief: StoryBrief,
  seed: number,
  { writer, judge, now }: Pick<StoryPorts, 'writer' | 'judge' | 'now'>,
  timeLeft: () => StepTime,
): Promise<WrittenStory> {
  const drafts: Judged[] = [];
  const write = async (attempt: number): Promise<void> => {
    const draft = await writer.write(brief, draftSeed(seed, attempt), timeLeft());
    drafts.push({ draft, score: await judge?.judge(brief, draft, timeLeft()) });
  };
  let longestMs = 0;
  for (let attempt = 0; attempt < (judge ? DRAFTS : 1); attempt += 1) {
    const { signal, budgetMs } = timeLeft();
    signal.throwIfAborted();
    if (attempt > 0 && budgetMs < longestMs * ROOM) break;
    const begin = now();
    try {
      await write(attempt);
    } catch (error) {
      if (attempt === 0 || signal.aborted) throw error;
      break;
    }
    longestMs = Math.max(longestMs, now() - begin);
  }
  const best = drafts.reduce((a, b) => (scoreOf(b) > scoreOf(a) ? b : a));
  const prompt = storyPrompt(brief);
  const generations = drafts.map(({ draft }) => ({ model: writer.model, prompt, usage: draft.usage }));
  return { ...best, model: writer.model, usage: sumOf(drafts), generations };
}

const scoreOf = ({ score }: Judged): number => score?.total ?? 0;

function sumOf(drafts: readonly Judged[]): TokenUsage | undefined {
  const told = drafts.flatMap(({ draft }) => draft.usage ?? []);
  if (told.length === 0) return undefined;
  const sum = (key: keyof TokenUsage): number => told.reduce((total, usage) => total + usage[key], 0);
  return { promptTokens: sum('promptTokens'), completionTokens: sum('completionTokens') };
}
