// npm run e2e:timing — every time limit, as medians of 20 or more with the maximum printed. Run it on a quiet machine.
import { spawn } from 'node:child_process';
import { access } from 'node:fs/promises';
import pg from 'pg';
import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import { createClient, openChannel } from '@exempla/rpc';
import { commandStarts } from './command-start.mjs';
import { hangingDownloads } from './hanging-download.mjs';
import { cpuMs, ENOUGH, median, openMesh, pause, report, threadsNamed, timeUntil } from './lib.mjs';
import { modelStoryLoad } from './model-stories.mjs';
import { storyLoad } from './story-load.mjs';

const RUNS = ENOUGH;
const ACTIVE = `select count(*)::int as n from pg_stat_activity where application_name = 'exempla-storage' and state = 'active'`;
const ENTRY = new URL('../apps/cli/dist/demo.main.js', import.meta.url).pathname;

/** Cancelled at the edge while its query waits for a lock: until PostgreSQL has no active query of ours. */
async function cancelQuery(mesh, orchestrator) {
  const locker = new pg.Client({ connectionString: mesh.adminUrl });
  const watcher = new pg.Client({ connectionString: mesh.adminUrl });
  await Promise.all([locker.connect(), watcher.connect()]);
  const active = async () => (await watcher.query(ACTIVE)).rows[0].n;
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    await locker.query('begin; lock table storage.definitions in access exclusive mode');
    const caller = new AbortController();
    const call = orchestrator.generateDefinition({ term: 'brook' }, { signal: caller.signal }).catch(() => {});
    await timeUntil('a query waits for the lock', async () => (await active()) > 0);
    caller.abort();
    times.push(await timeUntil('no query is active', async () => (await active()) === 0));
    await call;
    await locker.query('rollback');
  }
  await Promise.all([locker.end(), watcher.end()]);
  return times;
}

/** CPU time by which a thread is known to speak. */
const SPEAKING_MS = 40;

/**
 * `start(signal)` begins a call that makes a thread of the audio service speak; the call is cancelled then. Until that
 * thread is gone. A sentence that was finished before the cancel came leaves its thread alive: such a run is made again, at
 * most twice as often as not, and fewer than enough measurements are a failure.
 */
async function cancelSpeech(mesh, start) {
  const pid = mesh.pidOf('audio');
  const times = [];
  for (let attempt = 0; times.length < RUNS && attempt < 3 * RUNS; attempt += 1) {
    await timeUntil('the warm threads are up', async () => (await threadsNamed(pid, 'flite')).length === 3);
    await pause(100);
    const tids = await threadsNamed(pid, 'flite');
    const before = new Map(await Promise.all(tids.map(async (tid) => [tid, await cpuMs(pid, tid)])));
    const caller = new AbortController();
    const call = start(caller.signal).catch(() => {});
    let speaking;
    await timeUntil('a thread speaks', async () => {
      for (const [tid, ms] of before) if ((await cpuMs(pid, tid)) - ms >= SPEAKING_MS) speaking = tid;
      return speaking !== undefined;
    });
    caller.abort();
    const gone = () =>
      access(`/proc/${pid}/task/${speaking}`).then(
        () => false,
        () => true,
      );
    const took = await timeUntil('the thread is gone', gone, 1_000).catch(() => undefined);
    if (took !== undefined) times.push(took);
    await call;
  }
  return times;
}

/** One sentence of 4,900 characters. */
const speakAtLength = (speech) => async (signal) => {
  const text = 'a river runs slowly through the wide green valley '.repeat(98);
  for await (const _ of speech.synthesize({ text }, { signal }));
};

/** A definition of three hundred characters, narrated: one long sentence behind two other services. */
const narrateAtLength = (orchestrator) => (signal) =>
  orchestrator.generateDefinition({ term: 'Masorah', narrate: true, allowDuplicate: true }, { signal });

async function definitions(orchestrator) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begin = performance.now();
    await orchestrator.generateDefinition({ term: 'entropy', narrate: true, allowDuplicate: true });
    times.push(performance.now() - begin);
  }
  return times;
}

/** From the first chunk of a call to the audio service back to its start. */
async function firstSound(speech) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begin = performance.now();
    for await (const { part } of speech.synthesize({
      text: 'A river is a large natural stream of water. '.repeat(20),
    })) {
      if (part.$case !== 'chunk' || part.value.length < 3_200) continue;
      times.push(performance.now() - begin);
      break;
    }
  }
  return times;
}

/** The whole demonstration as a process, from its start to its exit. */
async function demo() {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const begin = performance.now();
    const child = spawn(process.execPath, [ENTRY, '--json'], { stdio: 'ignore' });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`the demonstration ended with ${code}`);
    times.push(performance.now() - begin);
  }
  return times;
}

/** SIGTERM to the exit of an idle service. */
async function stopping() {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const mesh = await openMesh();
    const pid = mesh.pidOf('storage');
    const begin = performance.now();
    process.kill(pid, 'SIGTERM');
    await timeUntil(
      'the process is gone',
      () =>
        access(`/proc/${pid}`).then(
          () => false,
          () => true,
        ),
      15_000,
    );
    times.push(performance.now() - begin);
    await mesh[Symbol.asyncDispose]();
  }
  return times;
}

const results = [];
{
  await using mesh = await openMesh();
  const channels = ['orchestrator', 'audio'].map((name) => openChannel(mesh.addressOf(name)));
  const orchestrator = createClient(DefinitionServiceDefinition, channels[0]);
  const speech = createClient(SpeechServiceDefinition, channels[1]);
  await orchestrator.generateDefinition({ term: 'river', narrate: true, allowDuplicate: true });
  results.push(
    report('cancelled at the edge → no active query in PostgreSQL', await cancelQuery(mesh, orchestrator), 50),
  );
  const spoken = await cancelSpeech(mesh, speakAtLength(speech));
  results.push(report('cancelled → the thread that speaks is gone', spoken, 50));
  const narrated = await cancelSpeech(mesh, narrateAtLength(orchestrator));
  results.push(report('cancelled at the edge → the thread that narrates is gone', narrated, 50));
  results.push(report('first 100 ms of sound', await firstSound(speech), 250));
  results.push(report('definition of entropy with narration, stored', await definitions(orchestrator), 1_000));
  for (const channel of channels) channel.close();
  const target = { EXEMPLA_AUDIO_TARGET: mesh.addressOf('audio') };
  results.push(report('exempla --help: CPU time', await commandStarts(RUNS, ['--help']), 150));
  results.push(report('exempla voices: CPU time', await commandStarts(RUNS, ['voices'], target), 250));
}
{
  await using mesh = await openMesh();
  const { lag, health, waited } = await storyLoad(mesh, RUNS);
  for (const name of Object.keys(lag)) {
    results.push(report(`50 stories, 10 narrated: p99 of the loop of ${name}`, lag[name], 50));
    results.push(report(`50 stories, 10 narrated: p99 of health of ${name}`, health[name], 50));
    console.log(`  ${name} was ready and had no core for ${median(waited[name]).toFixed(0)} % of the time`);
  }
}
{
  const { left, wall, first, lag, waited, cpu, words, mostSockets, requestsPerStory } = await modelStoryLoad(RUNS);
  for (const [phase, times] of Object.entries(left))
    results.push(report(`a story left ${phase} → the model sees it`, times, 50));
  results.push(report(`50 stories of ${words} words, streamed over 2 s: the last is there`, wall, 4_000));
  results.push(report('50 stories by model: the latest first word', first, 1_000));
  results.push(report('50 stories by model: p99 of the loop of orchestrator', lag, 50));
  results.push(
    report('50 stories by model: connections at the upstream at most', Array(RUNS).fill(mostSockets), 100, ''),
  );
  console.log(`  ${requestsPerStory} requests and ${median(cpu).toFixed(0)} ms of CPU a story`);
  console.log(`  orchestrator was ready and had no core for ${median(waited).toFixed(0)} % of the time`);
}
const hung = await hangingDownloads(RUNS);
results.push(
  report(
    'a download from a server that hangs: away from 10 s',
    hung.map((ms) => Math.abs(ms - 10_000)),
    500,
  ),
);
results.push(report('SIGTERM → a service has ended', await stopping(), 10_000));
results.push(report('npm run demo, start to exit', await demo(), 20_000));
process.exitCode = results.every(Boolean) ? 0 : 1;
