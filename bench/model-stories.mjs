// Fifty stories by model at once, each of 800 words that come within two seconds, streamed to their callers as they come.
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { createClient, openChannel } from '@exempla/rpc';
import { writeStory } from '../services/orchestrator/dist/grammar/index.js';
import { cpuMs, openMesh, timeUntil, waitedMs } from './lib.mjs';
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

/** Of callers who leave, until the upstream sees it, ms. Of each run of fifty: until the last story is there, until the first word of each (median), lag of the loop, ms; and what it came to. */
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
  const { requests, mostSockets } = await upstream.ask('figures');
  const left = {
    'before its first word': await leaving(runs, { upstream, stories }, { type: 'silence' }),
    'in the middle of its text': await leaving(runs, { upstream, stories }, { type: 'stall', text, afterWords: 50 }),
  };
  channel.close();
  process.kill(upstream.pid, 'SIGTERM');
  return {
    left,
    wall,
    first,
    lag,
    waited,
    cpu,
    words,
    mostSockets,
    requestsPerStory: requests / (STORIES * (runs + 1)),
  };
}

/** From a caller who leaves to the upstream, which sees its connection closed, ms. */
async function leaving(runs, { upstream, stories }, behaviour) {
  await upstream.ask('next', behaviour);
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const before = await upstream.ask('figures');
    const caller = new AbortController();
    const begun = Promise.withResolvers();
    const reading = listen(stories, caller.signal, begun.resolve);
    if (behaviour.type === 'stall') await begun.promise;
    await timeUntil('it was asked', async () => (await upstream.ask('figures')).requests > before.requests);
    caller.abort();
    times.push(await timeUntil('it was left', async () => (await upstream.ask('figures')).left > before.left));
    await reading;
    const { requests } = await upstream.ask('figures');
    if (requests !== before.requests + 1) throw new Error('the model was asked again for nobody');
  }
  return times;
}

async function listen(stories, signal, onDraft) {
  const parts = stories.streamGenerateStory({ request: { toldTo: told() } }, { ...PATIENT, signal });
  try {
    for await (const _ of parts) onDraft();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
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
