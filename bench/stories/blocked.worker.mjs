// A thread that serves one request at a time and stands still whenever it waits: see ways.mjs.
import { randomUUID } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import { generateStory } from '../../services/orchestrator/dist/stories/index.js';
import { blocking, serveBlocked } from '../blocking.mjs';
import { judgeHere, MODEL, slowWriter } from './slow-provider.mjs';

const { drafts, byModel } = workerData;
const never = new Int32Array(new SharedArrayBuffer(4));
const blockFor = async (ms) => void Atomics.wait(never, 0, 0, ms);

const narrator = blocking('narrator');
const writer = blocking('writer');
/** The model's, with what can be sent to another thread. */
const modelWriter = {
  names: [MODEL],
  isPaid: true,
  writes: () => true,
  write: ({ brief, seed, name }, { budgetMs }) => writer.write({ brief, seed, name }, { budgetMs }),
};

const ports = {
  writers: [byModel ? modelWriter : slowWriter(blockFor, drafts)],
  judge: judgeHere,
  narrator: {
    narrate: (job, { budgetMs }) => narrator.narrate(job, { budgetMs }),
    find: (...given) => narrator.find(...given),
    discard: (...given) => narrator.discard(...given),
  },
  stories: blocking('stories'),
  children: blocking('children'),
  heroes: blocking('heroes'),
  bookkeeper: { settle: () => {} },
  countFallback: () => {},
  readFailure: (error) => ({ reason: 'FAILED', message: error.message }),
  newId: randomUUID,
  now: () => performance.now(),
};

serveBlocked(({ request }, call) => generateStory(request, call, ports));
