// A thread that serves one request at a time and stands still whenever it waits: see ways.mjs.
import { randomUUID } from 'node:crypto';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { generateStory } from '../../services/orchestrator/dist/stories/index.js';
import { judgeHere, MODEL, slowWriter } from './slow-provider.mjs';

const { bell, drafts, byModel } = workerData;
const never = new Int32Array(new SharedArrayBuffer(4));
const blockFor = async (ms) => void Atomics.wait(never, 0, 0, ms);

function ask(port, method, given) {
  parentPort.postMessage({ type: 'ask', port, method, given });
  Atomics.wait(bell, 0, 0);
  Atomics.store(bell, 0, 0);
  const { value, failed } = receiveMessageOnPort(parentPort).message;
  if (failed !== undefined) throw new Error(failed);
  return value;
}

/** Methods of a port of the main thread. Their promises are settled when they are handed out. */
const blocking = (port) =>
  new Proxy(
    {},
    {
      get:
        (_, method) =>
        async (...given) =>
          ask(port, method, given),
    },
  );
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

async function serve({ request, remainingMs }) {
  const end = performance.now() + remainingMs;
  const call = { signal: new AbortController().signal, remainingMs: () => end - performance.now() };
  try {
    parentPort.postMessage({ type: 'done', value: await generateStory(request, call, ports) });
  } catch (error) {
    parentPort.postMessage({ type: 'failed', value: error.stack });
  }
}

parentPort.on('message', (job) => void serve(job));
