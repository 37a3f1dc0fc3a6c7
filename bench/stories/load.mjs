// The ways as processes, and their callers.
import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import { Gender } from '@exempla/contracts/type/v1/child';
import { createClient, openChannel } from '@exempla/rpc';
import { keepInFlight } from '../in-flight.mjs';
import { startProcess } from '../processes.mjs';
import { MODEL, preparedAnswer, PROVIDER_MS } from './slow-provider.mjs';
import { WAYS } from './ways.mjs';

const SERVER = new URL('./server.mjs', import.meta.url);
const UPSTREAM = new URL('../upstream.mjs', import.meta.url);
/** On a machine that others use a call may wait long; that is in the figures, and no failure. */
const PATIENT = { timeoutMs: 120_000 };
const VOICE = { EXEMPLA_AUDIO_DEFAULT_VOICE: MODEL, EXEMPLA_AUDIO_FALLBACK_VOICES: MODEL };
const MOST_IN_FLIGHT = 50;
/** So often has the code of each side run before anything counts. */
const WARM_UP = 60;
const FEW = 5;

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

  constructor({ pid, started }) {
    this.#pid = pid;
    this.#stories = createClient(StoryServiceDefinition, openChannel(`127.0.0.1:${started.port}`));
  }

  async warmUp({ few = false } = {}) {
    await this.run({ inFlight: MOST_IN_FLIGHT, count: few ? FEW : WARM_UP });
    await this.run({ inFlight: 2, count: 4, narrate: true });
  }

  /** `count` requests, `inFlight` of them at any time; what they took, and what they cost the process. */
  run({ inFlight, count, narrate = false }) {
    return keepInFlight(this.#pid, { inFlight, count }, () => this.#tell(narrate));
  }

  /** Only a whole story counts as done; what is missing otherwise. */
  async #tell(narrate) {
    const { story, degraded } = await this.#stories.generateStory({ toldTo, lengthMinutes: 1, narrate }, PATIENT);
    if (story.model !== MODEL) throw new Error(`it was written by ${story.model}`);
    if (narrate && degraded.length === 0 && story.audio === '') throw new Error('its sound is nowhere');
    return degraded.map(({ step, message }) => `${step}: ${message}`).join();
  }
}
