// The ways as processes, and their callers.
import { readFile, writeFile } from 'node:fs/promises';
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { createClient, openChannel, status } from '@exempla/rpc';
import { cpuMs, median, pause, waitedMs } from '../lib.mjs';
import { startProcess } from '../processes.mjs';
import { MODEL, preparedAnswer, PROVIDER_MS } from './slow-provider.mjs';
import { WAYS } from './ways.mjs';

const SERVER = new URL('./server.mjs', import.meta.url);
const UPSTREAM = new URL('../upstream.mjs', import.meta.url);
/** On a machine that others use a call may wait long; that is in the figures, and no failure. */
const PATIENT = { timeoutMs: 120_000 };
const VOICE = { EXEMPLA_AUDIO_DEFAULT_VOICE: MODEL, EXEMPLA_AUDIO_FALLBACK_VOICES: MODEL };
const MIB = 1 << 20;
const MOST_IN_FLIGHT = 50;
/** So often has the code of each side run before anything counts. */
const WARM_UP = 60;
const FEW = 5;
const REST_MS = 200;
const MOST_REFUSALS = 50;

const toldTo = {
  $case: 'newChild',
  value: {
    displayName: 'Mia',
    age: { $case: 'years', value: 5 },
    gender: Gender.GENDER_FEMALE,
    interests: ['stars', 'foxes'],
  },
};

/** Ways that are also measured with the product's own writer, which asks a model over HTTP. */
const BY_MODEL = ['async', 'inTurn', 'blocked'];

/** One orchestrator for each way, in front of one storage and one audio service. */
export async function startWays(site) {
  const storage = await site.service('storage');
  const audio = await startProcess(SERVER, [JSON.stringify({ service: 'audio', env: VOICE })]);
  const env = {
    EXEMPLA_ORCHESTRATOR_AUDIO_TARGET: `127.0.0.1:${audio.started.port}`,
    EXEMPLA_ORCHESTRATOR_STORAGE_TARGET: `127.0.0.1:${storage.port}`,
  };
  const said = { type: 'say', text: preparedAnswer(), overMs: PROVIDER_MS };
  const upstream = await startProcess(UPSTREAM, [JSON.stringify(said)]);
  const model = { OPENAI_BASE_URL: upstream.started.baseUrl, OPENAI_MODELS: MODEL };
  const all = [
    ...Object.keys(WAYS).map((way) => [way, { way, env }]),
    ...BY_MODEL.map((way) => [`${way}Model`, { way, env: { ...env, ...model }, byModel: true }]),
  ];
  const ways = {};
  // One after the other: on a busy machine they would all be late.
  for (const [name, options] of all)
    ways[name] = new Way(await startProcess(SERVER, [JSON.stringify({ service: 'orchestrator', ...options })]));
  return ways;
}

class Way {
  #pid;
  #stories;
  #refused = 0;

  constructor({ pid, started }) {
    this.#pid = pid;
    this.#stories = createClient(StoryServiceDefinition, openChannel(`127.0.0.1:${started.port}`));
  }

  async warmUp({ few = false } = {}) {
    await this.run({ inFlight: MOST_IN_FLIGHT, count: few ? FEW : WARM_UP });
    await this.run({ inFlight: 2, count: 4, narrate: true });
  }

  /** `count` requests, `inFlight` of them at any time; what they took, and what they cost the process. */
  async run({ inFlight, count, narrate = false }) {
    await forgetPeak(this.#pid);
    const before = [await cpuMs(this.#pid), await waitedMs(this.#pid)];
    this.#refused = 0;
    const took = [];
    let left = count;
    const begin = performance.now();
    const line = async () => {
      while (left-- > 0) {
        const start = performance.now();
        await this.#tell(narrate);
        took.push(performance.now() - start);
      }
    };
    await Promise.all(Array.from({ length: Math.min(inFlight, count) }, line));
    const elapsedMs = performance.now() - begin;
    const after = [await cpuMs(this.#pid), await waitedMs(this.#pid)];
    const peak = await peakBytes(this.#pid);
    return {
      perSecond: count / (elapsedMs / 1_000),
      medianMs: median(took),
      cpuMsPerRequest: (after[0] - before[0]) / count,
      megabytesPerRequest: peak / MIB / inFlight,
      refused: this.#refused,
      waitedPercent: (100 * (after[1] - before[1])) / elapsedMs,
    };
  }

  /** Only a whole story counts as done. What a server has no room for is asked again, as often as it takes: the time counts. */
  async #tell(narrate) {
    for (let refusals = 0; ; refusals += 1) {
      const missing = await this.#missing(narrate);
      if (missing === '') return;
      if (refusals === MOST_REFUSALS) throw new Error(`a story is not whole: ${missing}`);
      this.#refused += 1;
      await pause(REST_MS);
    }
  }

  async #missing(narrate) {
    try {
      const { story, degraded } = await this.#stories.generateStory({ toldTo, lengthMinutes: 1, narrate }, PATIENT);
      if (story.model !== MODEL) throw new Error(`it was written by ${story.model}`);
      if (narrate && degraded.length === 0 && story.audio === '') throw new Error('its sound is nowhere');
      return degraded.map(({ step, message }) => `${step}: ${message}`).join();
    } catch (error) {
      if (error.code !== status.RESOURCE_EXHAUSTED) throw error;
      return error.message;
    }
  }
}

/** From here on the kernel keeps the peak of resident memory anew. https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
const forgetPeak = (pid) => writeFile(`/proc/${pid}/clear_refs`, '5');

async function peakBytes(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) * 1024;
}
