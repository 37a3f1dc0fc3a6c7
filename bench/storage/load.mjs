// The load of the event measurements: the same events for the product, for one transaction each, and for plain inserts.
import { randomUUID } from 'node:crypto';
import { quantile } from '../lib.mjs';

export const TENANT = 'local';
export const DATA_BYTES = 200;
const EVENTS_OF_A_STREAM = 10;
const data = Buffer.from(JSON.stringify({ text: 'x'.repeat(DATA_BYTES - '{"text":""}'.length) }));

/** One line of appends, each after the one before: ten to a stream at its exact revision, then the next stream. */
export class Line {
  #stream = '';
  #revision = EVENTS_OF_A_STREAM;

  next() {
    if (this.#revision === EVENTS_OF_A_STREAM) {
      this.#stream = `orders/${randomUUID()}`;
      this.#revision = 0;
    }
    return { stream: this.#stream, revision: BigInt(this.#revision++), event: newEvent() };
  }
}

/** What an order's events look like on their way: five short texts and a body. */
const newEvent = () => ({
  id: randomUUID(),
  type: 'order.line-added',
  source: '/orders',
  subject: 'line',
  time: new Date(),
  data,
  contentType: 'application/json',
  schema: '',
  correlationId: 'b1946ac9-2b41-4d8e-9d6a-3f1f7f4bb0c1',
  causationId: '',
});

/** `inFlight` lines at any time for `ms`; then those under way are waited for. `perCall` events with each call. */
export async function runLines({ inFlight, ms }, call, perCall = 1) {
  const took = [];
  const begin = performance.now();
  const end = begin + ms;
  const run = async (line) => {
    while (performance.now() < end) {
      const start = performance.now();
      await call(line);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, (_, i) => run(i)));
  const elapsedMs = performance.now() - begin;
  return {
    count: took.length * perCall,
    elapsedMs,
    p50Ms: quantile(took, 0.5),
    p99Ms: quantile(took, 0.99),
  };
}

export const lines = (count) => Array.from({ length: count }, () => new Line());

/** How long each item took, one after the other, ms. */
export async function timed(items, work) {
  const took = [];
  for (const item of items) {
    const begin = performance.now();
    await work(item);
    took.push(performance.now() - begin);
  }
  return took;
}

/** As the rooms of the service have it. */
export const appendOf = ({ stream, revision, event }) => ({
  tenant: TENANT,
  stream,
  expected: { type: 'revision', revision },
  events: [event],
});
