// npm run e2e:compose: the docker-compose stack from build to end, reached through its published ports.
import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { ObjectServiceDefinition } from '@exempla/contracts/storage/v1/object_service';
import { createClient, openChannel } from '@exempla/rpc';
import { ComposeProject } from './compose-project.mjs';

const HEALTHY_LIMIT_MS = 30_000;
const DOWN_LIMIT_MS = 15_000;
const KILLED = 137;

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const project = await ComposeProject.create(root);
const channels = ['orchestrator', 'storage'].map((service) => openChannel(project.address(service)));
const definitions = createClient(DefinitionServiceDefinition, channels[0]);
const objects = createClient(ObjectServiceDefinition, channels[1]);
const gateway = `http://${project.address('gateway')}`;
let passed = 0;
let failed = 0;
let first;

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void project.remove().finally(() => process.exit(1)));

try {
  await step('images build', () => project.compose('build'));
  await step(`all healthy within ${HEALTHY_LIMIT_MS / 1000} s`, async () => {
    const start = performance.now();
    await project.compose('up', '-d', '--no-build');
    await project.healthy(HEALTHY_LIMIT_MS - (performance.now() - start));
  });
  await step('a definition with audio through the published ports', async () => {
    first = await defineWithAudio('entropy');
    return `score ${first.score.toFixed(2)}, ${first.kinds} kinds with items, ${first.bytes} bytes of sound`;
  });
  await step('a story by REST, with its sound, and an RPC by Connect', tellStory);
  await step('a restarted storage recovers', async () => {
    await project.compose('restart', 'storage');
    await project.healthy(HEALTHY_LIMIT_MS);
    const again = await definitions.getDefinition({ name: first.name }, { timeoutMs: 5_000 });
    expect(again.text === first.text, 'the definition reads back as it was');
    await defineWithAudio('river');
  });
  await step(`down within ${DOWN_LIMIT_MS / 1000} s, nobody killed`, down);
} finally {
  for (const channel of channels) channel.close();
  await project.remove();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** After a failure the steps that follow would only repeat it. */
async function step(name, work) {
  if (failed > 0) return;
  const start = performance.now();
  try {
    const note = await work();
    passed += 1;
    console.log(
      `✓ ${name}: ${seconds(start)}${typeof note === 'string' && note.length < 200 ? ` (${note.trim()})` : ''}`,
    );
  } catch (error) {
    failed += 1;
    console.log(`✗ ${name}: ${seconds(start)}\n${error.stack}\n${await project.logs()}`);
  }
}

function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}

function expect(holds, what) {
  if (!holds) throw new Error(`expected that ${what}`);
}

async function defineWithAudio(term) {
  const answer = await definitions.generateDefinition(
    { term, narrate: true, allowDuplicate: true },
    { timeoutMs: 10_000 },
  );
  const { definition, narration, degraded } = answer;
  expect(definition?.text, `there is a text for ${term}`);
  expect(degraded.length === 0, `nothing is degraded, but: ${JSON.stringify(degraded)}`);
  const { header, bytes } = await download(narration.object);
  expect(bytes.subarray(0, 4).toString('latin1') === 'RIFF', 'the sound is a WAV file');
  expect(BigInt(bytes.length) === header.sizeBytes, 'the sound has the size that its header gives');
  expect(createHash('sha256').update(bytes).digest().equals(Buffer.from(header.sha256)), 'the sound has its hash');
  const kinds = definition.examples.filter(({ items }) => items.length > 0).length;
  return {
    name: definition.name,
    text: definition.text,
    score: definition.assessment?.score ?? 0,
    kinds,
    bytes: bytes.length,
  };
}

async function tellStory() {
  const child = { name: 'Mia', age: 5, interests: ['stars', 'foxes'] };
  const told = await atGateway('/api/v1/stories/generate', {
    child,
    language: 'en',
    story_length: 1,
    generate_audio: true,
  });
  const story = await told.json();
  expect(told.status === 200, `a story is told: ${told.status} ${JSON.stringify(story)}`);
  const sound = await fetch(new URL(story.audio_file_url, gateway), { headers: { range: 'bytes=0-3' } });
  const bytes = Buffer.from(await sound.arrayBuffer());
  expect(sound.status === 206 && bytes.toString('latin1') === 'RIFF', `its sound can be heard: ${sound.status}`);
  const listed = await atGateway('/exempla.orchestrator.v1.StoryService/ListStories', { childName: 'Mia' });
  const titles = (await listed.json()).stories.map(({ title }) => title);
  expect(titles.includes(story.title), `"${story.title}" is listed: ${JSON.stringify(titles)}`);
  return story.title;
}

function atGateway(path, body) {
  const headers = { 'content-type': 'application/json', 'exempla-timeout-ms': '20000' };
  const signal = AbortSignal.timeout(25_000);
  return fetch(new URL(path, gateway), { method: 'POST', headers, body: JSON.stringify(body), signal });
}

async function download(name) {
  const chunks = [];
  let header;
  for await (const { part } of objects.downloadObject({ name }, { timeoutMs: 10_000 })) {
    if (part?.$case === 'header') header = part.value;
    else if (part?.$case === 'chunk') chunks.push(part.value);
  }
  return { header, bytes: Buffer.concat(chunks) };
}

async function down() {
  const events = project.watchEnds();
  try {
    const start = performance.now();
    await project.compose('down');
    const tookMs = performance.now() - start;
    expect(tookMs < DOWN_LIMIT_MS, `down ends in ${DOWN_LIMIT_MS} ms, not ${Math.round(tookMs)}`);
    expect(events.ends.length >= 6, `six containers ended: ${JSON.stringify(events.ends)}`);
    const killed = events.ends.filter(({ exitCode }) => exitCode === KILLED);
    expect(killed.length === 0, `nobody is ended by SIGKILL: ${JSON.stringify(killed)}`);
    return events.ends.map(({ service, exitCode }) => `${service} ${exitCode}`).join(', ');
  } finally {
    events.stop();
  }
}
