import type { StepTime } from '../parts/index.ts';
import type { Draft, DraftJob, Generation, StoryPorts, StoryWriter } from './ports.ts';
import { draftSeed } from './seeds.ts';
import type { StoryScore } from './types.ts';
import { WriterFault } from './writer-fault.ts';

/** A draft and how good it is; the score is undefined when nobody judges. */
export interface JudgedDraft {
  readonly draft: Draft;
  readonly score: StoryScore | undefined;
}

/** What drafting needs beside its job. */
export interface Drafting extends Pick<StoryPorts, 'judge' | 'now'> {
  readonly timeLeft: () => StepTime;
  /** Hears of each time the writer was asked, in order, whatever came of it. */
  readonly onGeneration: (generation: Generation) => void;
  /** A draft that could not be judged is one without a score. */
  readonly onUnjudged: (error: unknown) => void;
}

const DRAFTS = 3;
/** A further draft is begun when what is left is this many times what the longest one took. */
const ROOM = 3;

/**
 * Has up to three drafts written and takes the one with the best score; of equals the first. One is required; others that
 * fail, or for which there is no time, are done without. The first draft of a paid writer that is good enough is the last,
 * and so is the first of whoever writes where nobody judges.
 */
export async function writeBestDraft(writer: StoryWriter, job: DraftJob, drafting: Drafting): Promise<JudgedDraft> {
  const { now, timeLeft } = drafting;
  const judge = drafting.judge?.judges(job.brief.language) ? drafting.judge : undefined;
  const drafts: JudgedDraft[] = [];
  let fault: unknown;
  let longestMs = 0;
  for (let attempt = 0; attempt < DRAFTS; attempt += 1) {
    const { signal, budgetMs } = timeLeft();
    signal.throwIfAborted();
    if (attempt > 0 && budgetMs < longestMs * (drafts.length > 0 ? ROOM : 1)) break;
    const begin = now();
    try {
      const draft = await writer.write({ ...job, seed: draftSeed(job.seed, attempt) }, timeLeft());
      drafting.onGeneration(draft.generation);
      drafts.push({ draft, score: await judged(draft) });
    } catch (error) {
      // Whoever has gone wants no other draft, and nobody who stands in.
      signal.throwIfAborted();
      fault = error;
      if (error instanceof WriterFault && error.generation) drafting.onGeneration(error.generation);
      if (!(error instanceof WriterFault && error.of === 'draft')) break;
    }
    longestMs = Math.max(longestMs, now() - begin);
    if (drafts.length > 0 && (!judge || (writer.isPaid && scoreOf(best(drafts)) >= judge.passingScore))) break;
  }
  if (drafts.length === 0) throw fault;
  return best(drafts);

  async function judged(draft: Draft): Promise<StoryScore | undefined> {
    const time = timeLeft();
    try {
      return await judge?.judge(job.brief, draft, time);
    } catch (error) {
      time.signal.throwIfAborted();
      drafting.onUnjudged(error);
      return undefined;
    }
  }
}

const best = (drafts: readonly JudgedDraft[]): JudgedDraft =>
  drafts.reduce((a, b) => (scoreOf(b) > scoreOf(a) ? b : a));

const scoreOf = ({ score }: JudgedDraft): number => score?.total ?? 0;
