// Three ways to serve GenerateStory; what they do is the product's own use case, `generateStory`.
import { generateStory } from '../../services/orchestrator/dist/stories/index.js';
import { BlockedWorker, workerPerRequest } from '../blocked-worker.mjs';

/** As the product does. */
const asynchronous = (ports) => (request, call) => generateStory(request, call, ports);

/** The same code with concurrency 1: a request begins when the one before is answered. */
function inTurn(ports) {
  let last = Promise.resolve();
  return (request, call) => {
    const next = last.then(() => generateStory(request, call, ports));
    last = next.catch(() => {});
    return next;
  };
}

/** A thread for each request, which blocks while it waits, as synchronous code does; it ends with its request. */
function blocked(ports, provider) {
  const withWorker = workerPerRequest(() => startWorker(provider));
  return (request, call) => withWorker((worker) => makeIn(worker, request, call, ports));
}

/** The same, with threads that are kept for the next request: as many as ever were in flight. */
function keptWorkers(ports, provider) {
  const idle = [];
  return async (request, call) => {
    const worker = idle.pop() ?? startWorker(provider);
    try {
      return await makeIn(worker, request, call, ports);
    } finally {
      idle.push(worker);
    }
  };
}

export const WAYS = { async: asynchronous, inTurn, blocked, kept: keptWorkers };

/** `drafts`: what its stand-in for a provider gives; `byModel`: the writer of the main thread is asked in its place. */
const startWorker = ({ drafts, byModel }) =>
  new BlockedWorker(new URL('./blocked.worker.mjs', import.meta.url), { drafts, byModel });

const makeIn = (worker, request, call, ports) =>
  worker.run({ request, remainingMs: call.remainingMs() }, async ({ port, method, given }) => {
    const asked = port === 'writer' ? ports.writers[0] : ports[port];
    return asked[method](...withSignal(port, method, given, call));
  });

/** A signal cannot be sent to a thread; that of the call stands for the one the thread had. */
function withSignal(port, method, given, { signal }) {
  if (port === 'writer')
    return [
      { ...given[0], onText: () => {} },
      { ...given[1], signal },
    ];
  return port === 'narrator' && method === 'narrate' ? [given[0], { ...given[1], signal }] : given;
}
