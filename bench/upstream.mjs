// A scripted upstream of texts as a process of its own: node upstream.mjs '<behaviour>'. It computes nothing on the cores' main loops
// of what is measured, and counts for itself.
import { startScriptedOpenAi } from '../packages/testing/dist/index.js';
import { answerCommands } from './processes.mjs';

const upstream = await startScriptedOpenAi(JSON.parse(process.argv[2]));
const commands = {
  /** Requests so far, and how many connections there were at most. */
  figures: () => ({ requests: upstream.requests.length, mostSockets: upstream.sockets.most }),
};
answerCommands(commands, { baseUrl: upstream.baseUrl });
