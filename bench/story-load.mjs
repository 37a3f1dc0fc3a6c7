// Fifty stories at once, ten of them narrated, again and again: how late the loops turn, and how soon health is answered.
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { checkHealth, createClient, openChannel, status } from '@exempla/rpc';
import { pause, quantile, waitedMs } from './lib.mjs';

const STORIES = 50;
/** One in five: ten. */
const isNarrated = (i) => i % 5 === 0;
const ASK_EVERY_MS = 50;
const PATIENT = { timeoutMs: 120_000 };
const SERVICES = ['orchestrator', 'examples', 'audio', 'storage'];

/**
 * By service, of each run: the 99th percentile of the lag of its loop and of the time of a health check, ms; and the share of
 * the time for which its main thread was ready and had no core, percent: how much of both is the machine.
 */
export async function storyLoad(mesh, runs) {
  const channels = new Map(SERVICES.map((name) => [name, openChannel(mesh.addressOf(name))]));
  const stories = createClient(StoryServiceDefinition, channels.get('orchestrator'));
  const [lag, health, waited] = [1, 2, 3].map(() => Object.fromEntries(SERVICES.map((name) => [name, []])));
  await Promise.all(manyStories(stories));
  for (let run = 0; run < runs; run += 1) {
    const before = await Promise.all(SERVICES.map((name) => lagBuckets(mesh, name)));
    const [begin, waitedBefore] = [performance.now(), await waitedOf(mesh)];
    const over = new AbortController();
    const asking = SERVICES.map((name) => askUntil(over.signal, channels.get(name)));
    await Promise.all(manyStories(stories));
    over.abort();
    const [elapsedMs, waitedAfter] = [performance.now() - begin, await waitedOf(mesh)];
    for (const [i, name] of SERVICES.entries()) {
      waited[name].push((100 * (waitedAfter[i] - waitedBefore[i])) / elapsedMs);
      health[name].push(quantile(await asking[i], 0.99));
      lag[name].push(p99Ms(before[i], await lagBuckets(mesh, name)));
    }
  }
  for (const channel of channels.values()) channel.close();
  return { lag, health, waited };
}

const waitedOf = (mesh) => Promise.all(SERVICES.map((name) => waitedMs(mesh.pidOf(name))));

/** Each is told, or refused by a server that has no room: an answer, and what keeps the others quick. */
const manyStories = (stories) =>
  Array.from({ length: STORIES }, (_, i) =>
    stories
      .generateStory({ toldTo: told(`Mia ${i}`), lengthMinutes: 1, narrate: isNarrated(i) }, PATIENT)
      .catch((error) => {
        if (error.code !== status.RESOURCE_EXHAUSTED) throw error;
      }),
  );

/** Whom a story is told to. */
export const told = (displayName = 'Mia') => ({
  $case: 'newChild',
  value: {
    displayName,
    age: { $case: 'years', value: 5 },
    gender: Gender.GENDER_FEMALE,
    interests: ['stars', 'foxes'],
  },
});

/** How long each answer took, ms. */
async function askUntil(signal, channel) {
  const took = [];
  while (!signal.aborted) {
    const begin = performance.now();
    await checkHealth(channel, { timeoutMs: 5_000 });
    took.push(performance.now() - begin);
    await pause(ASK_EVERY_MS);
  }
  return took;
}

/** What the service itself has counted: by upper limit in seconds, how many turns were no later. */
export async function lagBuckets(mesh, name) {
  const response = await fetch(`http://127.0.0.1:${mesh.metricsPortOf(name)}/metrics`);
  const lines = [...(await response.text()).matchAll(/^exempla_loop_lag_bucket\{le="([^"]+)"\} (\d+)/gm)];
  if (lines.length === 0) throw new Error(`${name} does not tell of its loop`);
  return lines.map(([, limit, count]) => [Number(limit.replace('+Inf', 'Infinity')), Number(count)]);
}

/** Upper limit of the bucket that the 99th of 100 turns between two looks is in. */
export function p99Ms(before, after) {
  const since = after.map(([limit, count], i) => [limit, count - before[i][1]]);
  const all = since.at(-1)[1];
  const [limit] = since.find(([, count]) => count >= all * 0.99);
  return limit * 1_000;
}
