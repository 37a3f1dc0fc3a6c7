import { Direction, type RecordedEvent } from '@exempla/contracts/storage/v1/event_store_service';
import type { EventsClient } from './storage-process.ts';

/**
 * What is promised of the events of one append: they become visible together. A read that is not cut short by a limit
 * shows all of them or none, in both directions and also when it takes several pages; a subscription shows them one after
 * the other with nothing in between, and all of them or none whenever it says that it has caught up.
 */
export interface Looks {
  /** How often somebody looked. */
  readonly looked: { [way in Way]: number };
  /** What was seen in half, in words. */
  readonly halves: readonly string[];
}

export type Way = 'forwards' | 'backwards' | 'all' | 'subscription';

/** Of a subscription; the first few are what is there already. */
const MESSAGES = 6;

/** The number of events of one append is in its marker, behind the last dash. */
const sizeOf = (marker: string): number => Number(marker.slice(marker.lastIndexOf('-') + 1));
const markerOf = ({ event }: RecordedEvent): string => event?.correlationId ?? '';

/** Keeps looking at appends that are marked, in every way there is. */
export class Looking implements Looks {
  readonly looked = { forwards: 0, backwards: 0, all: 0, subscription: 0 };
  readonly halves: string[] = [];
  readonly #tenant: string;
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(tenant: string) {
    this.#tenant = tenant;
  }

  start(clients: readonly EventsClient[], stream: string): void {
    this.#running = Promise.all(
      clients.flatMap((client) => [
        this.#again(() => this.#stream(client, stream, Direction.DIRECTION_FORWARDS)),
        this.#again(() => this.#stream(client, stream, Direction.DIRECTION_BACKWARDS)),
        this.#again(() => this.#all(client)),
        this.#again(() => this.#subscription(client)),
      ]),
    );
  }

  /** Rejects when a look failed. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #again(look: () => Promise<void>): Promise<void> {
    const { signal } = this.#stop;
    try {
      while (!signal.aborted) await look();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #stream(client: EventsClient, stream: string, direction: Direction): Promise<void> {
    const events: RecordedEvent[] = [];
    const { signal } = this.#stop;
    for await (const page of client.readStream({ stream, direction }, { tenant: this.#tenant, signal })) {
      events.push(...page.events);
    }
    this.#judge(direction === Direction.DIRECTION_BACKWARDS ? 'backwards' : 'forwards', events);
  }

  async #all(client: EventsClient): Promise<void> {
    const events: RecordedEvent[] = [];
    const { signal } = this.#stop;
    for await (const page of client.readAll({}, { tenant: this.#tenant, signal })) events.push(...page.events);
    this.#judge('all', events);
  }

  /** From the beginning, and a little further than where it has caught up. */
  async #subscription(client: EventsClient): Promise<void> {
    const events: RecordedEvent[] = [];
    const { signal } = this.#stop;
    let messages = 0;
    for await (const { part } of client.subscribe({}, { tenant: this.#tenant, signal })) {
      if (part?.$case === 'events') events.push(...part.value.events);
      if (part?.$case === 'caughtUp') this.#judge('subscription', events);
      if ((messages += 1) > MESSAGES) break;
    }
    this.#judgeNeighbours(events);
  }

  #judge(way: Way, events: readonly RecordedEvent[]): void {
    this.looked[way] += 1;
    const counts = new Map<string, number>();
    for (const event of events) counts.set(markerOf(event), (counts.get(markerOf(event)) ?? 0) + 1);
    for (const [marker, count] of counts) {
      if (count !== sizeOf(marker)) this.halves.push(`${way} shows ${count} events of ${marker}`);
    }
    this.#judgeNeighbours(events);
  }

  /** What came in between, or came again later. */
  #judgeNeighbours(events: readonly RecordedEvent[]): void {
    const left = new Set<string>();
    let last = '';
    for (const event of events) {
      const marker = markerOf(event);
      if (marker === last) continue;
      left.add(last);
      if (left.has(marker)) this.halves.push(`${marker} is not in one piece`);
      last = marker;
    }
  }
}
