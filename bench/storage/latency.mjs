// From the call of an append to the subscriber who has the event: one at a time, nothing else going on.
import { pause } from '../lib.mjs';
import { Line } from './load.mjs';

/** Between two appends, ms: longer than what is put off after one, and never in step with a timer. */
const PAUSE_MS = { least: 8, more: 10 };
export const rest = () => pause(PAUSE_MS.least + Math.random() * PAUSE_MS.more);
const LIMIT_MS = 5_000;

/** Notes when each event came, by its id. */
class Watcher {
  #seen = new Map();
  #waiting = new Map();
  #stop = new AbortController();

  /** Resolves when the subscription has caught up. */
  async open(client) {
    const messages = client.subscribe({ fromNow: true }, { signal: this.#stop.signal })[Symbol.asyncIterator]();
    for (;;) {
      const { value } = await messages.next();
      if (value.part?.$case === 'caughtUp') break;
    }
    void this.#follow(messages);
    return this;
  }

  async #follow(messages) {
    try {
      for (;;) {
        const { value } = await messages.next();
        const at = performance.now();
        if (value.part?.$case !== 'events') continue;
        for (const { event } of value.part.value.events) {
          this.#seen.set(event.id, at);
          this.#waiting.get(event.id)?.(at);
        }
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
  }

  async when(id) {
    const timer = setTimeout(() => console.error(`no event within ${LIMIT_MS} ms`), LIMIT_MS);
    const at = this.#seen.get(id) ?? (await new Promise((resolve) => this.#waiting.set(id, resolve)));
    clearTimeout(timer);
    this.#seen.delete(id);
    this.#waiting.delete(id);
    return at;
  }

  close() {
    this.#stop.abort();
  }
}

/** `same`: the subscriber of the process that appends; `other`: that of another; `answer`: until the append's answer. */
export async function latencies(events, otherEvents, count) {
  const [same, other] = await Promise.all([new Watcher().open(events), new Watcher().open(otherEvents)]);
  const line = new Line();
  const took = { same: [], other: [], answer: [] };
  for (let i = 0; i < count; i += 1) {
    const { stream, revision, event } = line.next();
    const begin = performance.now();
    const request = { stream: `streams/${stream}`, expected: { $case: 'revision', value: revision }, events: [event] };
    await events.append(request);
    took.answer.push(performance.now() - begin);
    took.same.push((await same.when(event.id)) - begin);
    took.other.push((await other.when(event.id)) - begin);
    await rest();
  }
  same.close();
  other.close();
  return took;
}
