// A story of ten minutes, read aloud by Flite through the mesh: what it costs each service in memory, beyond what it had before.
// node bench/long-narration.mjs [minutes]
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { createClient, openChannel } from '@exempla/rpc';
import { openMesh, pause, residentBytes } from './lib.mjs';

const MINUTES = Number(process.argv[2] ?? 10);
const LIMIT_BYTES = 50e6;
const LOOK_MS = 50;
const SERVICES = ['orchestrator', 'audio', 'storage'];
const MIA = {
  displayName: 'Mia',
  age: { $case: 'years', value: 9 },
  gender: Gender.GENDER_FEMALE,
  interests: ['stars', 'foxes'],
};
const mb = (bytes) => (bytes / 1e6).toFixed(1);

await using mesh = await openMesh();
const channel = openChannel(mesh.addressOf('orchestrator'));
const stories = createClient(StoryServiceDefinition, channel);

async function heapBytes(service) {
  const metrics = await (await fetch(`http://127.0.0.1:${mesh.metricsPortOf(service)}/metrics`)).text();
  return Number(/^v8js_memory_heap_used\w*(?:\{[^}]*\})? (\S+)/m.exec(metrics)[1]);
}

/** Of each service: heap, then resident memory. */
const look = () =>
  Promise.all(SERVICES.map(async (name) => [await heapBytes(name), await residentBytes(mesh.pidOf(name))]));

async function tell(lengthMinutes, seed) {
  const toldTo = { $case: 'newChild', value: MIA };
  const { story, narration } = await stories.generateStory(
    { toldTo, lengthMinutes, narrate: true, seed },
    { timeoutMs: 120_000 },
  );
  if (!narration) throw new Error(`the story of ${lengthMinutes} minutes was not read aloud in time`);
  return { words: story.text.split(/\s+/).length, narration };
}

// The first story loads code and fills pools.
await tell(1, 1);
const before = await look();
let most = before;
let isOver = false;
const watching = (async () => {
  while (!isOver) {
    const now = await look();
    most = most.map((figures, service) => figures.map((figure, kind) => Math.max(figure, now[service][kind])));
    await pause(LOOK_MS);
  }
})();
const { words, narration } = await tell(MINUTES, 2);
isOver = true;
await watching;
channel.close();

const seconds = Number(narration.duration.seconds);
console.log(`a story of ${words} words, ${seconds} s of speech, ${mb(Number(narration.sizeBytes))} MB`);
for (const [service, name] of SERVICES.entries()) {
  const [heap, resident] = most[service].map((figure, kind) => figure - before[service][kind]);
  const holds = heap < LIMIT_BYTES && resident < LIMIT_BYTES;
  if (!holds) process.exitCode = 1;
  console.log(
    `${holds ? '✓' : '✗'} ${name}: heap +${mb(heap)} MB, resident +${mb(resident)} MB (limit ${mb(LIMIT_BYTES)} MB)`,
  );
}
