// Fifty stories by model at once, each of 800 words that come within two seconds, streamed to their callers as they come.
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { createClient, openChannel } from '@exempla/rpc';
import { writeStory } from '../services/orchestrator/dist/grammar/index.js';
import { cpuMs, openMesh, waitedMs } from './lib.mjs';
import { startProcess } from './processes.mjs';
import { lagBuckets, p99Ms, told } from './story-load.mjs';

const STORIES = 50;
const WORDS = 800;
const STREAM_MS = 2_000;
const PATIENT = { timeoutMs: 60_000 };
const UPSTREAM = new URL('./upstream.mjs', import.meta.url);

/** A story that the judge is content with: then one draft is enough. */
function answer() {
  const child = { name: 'Mia', age: 5, gender: 'female', interests: ['stars', 'foxes'] };
  const stories = Array.from({ length: 40 }, (_, seed) =>
    writeStory({ kind: 'child', child, moral: { kind: 'kindness' }, minutes: 5, seed }),
  );
  const longest = stories.reduce((a, b) => (Math.abs(b.words - WORDS) < Math.abs(a.words - WORDS) ? b : a));
  const { title, paragraphs, summary, companion, place, words } = longest;
  const text = `${title}\n\n${paragraphs.join('\n\n')}\n\n===\n${JSON.stringify({ summary, companion, place })}`;
  return { text, words };
}

/** Of each run: until the last story is there, until the first word of each (median), lag of the loop, ms; and what it came to. */
export async function modelStoryLoad(runs) {
  const { text, words } = answer();
  const upstream = await startProcess(UPSTREAM, [JSON.stringify({ type: 'say', text, overMs: STREAM_MS })]);
  await using mesh = await openMesh({
    OPENAI_BASE_URL: upstream.started.baseUrl,
    OPENAI_API_KEY: 'k',
    OPENAI_MODELS: 'scripted',
  });
  const channel = openChannel(mesh.addressOf('orchestrator'));
  const stories = createClient(StoryServiceDefinition, channel);
  const [wall, first, lag, waited, cpu] = [[], [], [], [], []];
  await Promise.all(manyStories(stories));
  for (let run = 0; run < runs; run += 1) {
    const before = await lagBuckets(mesh, 'orchestrator');
    const pid = mesh.pidOf('orchestrator');
    const [waitedBefore, cpuBefore] = [await waitedMs(pid), await cpuMs(pid)];
    const begin = performance.now();
    const firsts = await Promise.all(manyStories(stories));
    wall.push(performance.now() - begin);
    waited.push((100 * ((await waitedMs(pid)) - waitedBefore)) / wall.at(-1));
    cpu.push(((await cpuMs(pid)) - cpuBefore) / STORIES);
    first.push(Math.max(...firsts));
    lag.push(p99Ms(before, await lagBuckets(mesh, 'orchestrator')));
  }
  channel.close();
  const { requests, mostSockets } = await upstream.ask('figures');
  process.kill(upstream.pid, 'SIGTERM');
  return { wall, first, lag, waited, cpu, words, mostSockets, requestsPerStory: requests / (STORIES * (runs + 1)) };
}

const manyStories = (stories) => Array.from({ length: STORIES }, () => read(stories));

/** Reads one story as it comes; when its first word was there, ms from its start. */
async function read(stories) {
  const begin = performance.now();
  let first;
  let model = '';
  for await (const { part } of stories.streamGenerateStory({ request: { toldTo: told() } }, PATIENT)) {
    if (part.$case === 'draft') first ??= performance.now() - begin;
    if (part.$case === 'done') model = part.value.story.model;
  }
  if (first === undefined || model !== 'scripted') throw new Error(`a story by ${model || 'nobody'}`);
  return first;
}
