// A scripted upstream of texts as a process of its own: node upstream.mjs '<behaviour>'. It computes nothing on the cores' main loops
// of what is measured, and counts for itself.
import { startScriptedOpenAi } from '../packages/testing/dist/index.js';
import { answerCommands } from './processes.mjs';

const upstream = await startScriptedOpenAi(JSON.parse(process.argv[2]));
let left = 0;
let watched = 0;

/** Counts callers who leave, of requests that are there by now. */
function watch() {
  for (; watched < upstream.requests.length; watched += 1)
    void upstream.requests[watched].left.promise.then(() => (left += 1));
}

const commands = {
  next: (behaviour) => upstream.next(behaviour),
  /** Requests so far, how many of their callers left, and how many connections there were at most. */
  figures: () => {
    watch();
    return { requests: upstream.requests.length, left, mostSockets: upstream.sockets.most };
  },
};
answerCommands(commands, { baseUrl: upstream.baseUrl });
