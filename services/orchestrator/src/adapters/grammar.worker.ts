import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { scoreDraft, writeStory } from '../grammar/index.ts';
import type { GrammarAnswer, GrammarJob, GrammarReply } from './grammar-protocol.ts';

// Half an hour of story and its judgement hold a thread for tens of milliseconds, the first ones longer: not that of calls.
const port = parentPort;
if (!port) throw new Error('grammar.worker.ts runs as a worker thread');
const say = (reply: GrammarReply): void => port.postMessage(reply);

// The threads that answer calls go first. Linux keeps a priority for each thread; elsewhere it is the whole process's.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const answer = (job: GrammarJob): GrammarAnswer =>
  job.type === 'write'
    ? { type: 'written', story: writeStory(job.brief) }
    : { type: 'judged', score: scoreDraft(job.brief, job.draft) };

port.on('message', (job: GrammarJob) => {
  try {
    say(answer(job));
  } catch (error) {
    say({ type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});

/** Nobody's story: the first one takes several times as long as those after it. */
function warmUp(): void {
  const child = { name: 'Mia', age: 5, gender: 'female', interests: ['stars'] } as const;
  const brief = { kind: 'child', child, moral: { kind: 'kindness' }, minutes: 5, seed: 1 } as const;
  scoreDraft(brief, writeStory(brief));
}

warmUp();
say({ type: 'ready' });
