// The ways as processes in front of one upstream, and their callers.
import { ExampleServiceDefinition } from '@exempla/contracts/examples/v1/example_service';
import { ExampleSet_Status } from '@exempla/contracts/type/v1/example';
import { createClient, openChannel } from '@exempla/rpc';
import { keepInFlight } from '../in-flight.mjs';
import { startProcess } from '../processes.mjs';
import { WAYS } from './ways.mjs';

const SERVER = new URL('./server.mjs', import.meta.url);
const UPSTREAM = new URL('../upstream.mjs', import.meta.url);
/** What a request of the provider takes. */
export const PROVIDER_MS = 200;
/** On a machine that others use a call may wait long; that is in the figures, and no failure. */
const PATIENT = { timeoutMs: 120_000 };
const KINDS = 6;
const MOST_IN_FLIGHT = 50;
/** So often has the code of each side run before anything counts. */
const WARM_UP = 100;
const FEW = 2;

/** Fits every kind: as many items as are wanted, each with a reason. */
const SAID = [1, 2, 3, 4, 5].map((i) => `decision number ${i} || since element ${i} is missing here`).join('\n');

/** One examples service for each way, in front of one upstream. */
export async function startWays() {
  const said = { type: 'say', text: SAID, overMs: PROVIDER_MS };
  const upstream = await startProcess(UPSTREAM, [JSON.stringify(said)]);
  const env = {
    OPENAI_BASE_URL: upstream.started.baseUrl,
    OPENAI_MODELS: 'scripted',
    EXEMPLA_EXAMPLES_PROVIDERS: 'model',
    EXEMPLA_EXAMPLES_STORAGE_TARGET: 'off',
    // As many sockets as there are kinds in flight: the upstream has no limit here.
    HTTP_POOL_CONNECTIONS: String(KINDS * MOST_IN_FLIGHT),
  };
  const ways = {};
  // One after the other: on a busy machine they would all be late.
  for (const way of Object.keys(WAYS)) ways[way] = new Way(await startProcess(SERVER, [JSON.stringify({ way, env })]));
  return ways;
}

/** Never asked for before: what is kept must not answer. */
let terms = 0;

class Way {
  #pid;
  #examples;

  constructor({ pid, started }) {
    this.#pid = pid;
    this.#examples = createClient(ExampleServiceDefinition, openChannel(`127.0.0.1:${started.port}`));
  }

  warmUp({ few = false } = {}) {
    return this.run(few ? { inFlight: FEW, count: FEW } : { inFlight: MOST_IN_FLIGHT, count: WARM_UP });
  }

  run(load) {
    return keepInFlight(this.#pid, load, () => this.#generate());
  }

  /** Only six whole kinds count as done. */
  async #generate() {
    const { sets } = await this.#examples.generateExamples({ term: `term ${(terms += 1)}` }, PATIENT);
    const whole = sets.filter(({ status }) => status === ExampleSet_Status.STATUS_OK);
    if (whole.length !== KINDS) throw new Error(`not all kinds are whole: ${JSON.stringify(sets)}`);
  }
}
