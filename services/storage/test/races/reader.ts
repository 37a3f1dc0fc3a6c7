import type { RecordedEvent } from '@exempla/contracts/storage/v1/event_store_service';
import { type Dice, pause } from './dice.ts';
import type { EventsClient, StorageProcess } from './storage-process.ts';

export interface ReaderOptions {
  readonly name: string;
  readonly tenant: string;
  readonly kind: 'subscribes' | 'polls';
  /** Asked in turn at random; one alone is stuck to. */
  readonly storages: readonly StorageProcess[];
  /** Leaves at random, also in the middle of a message, and goes on by the last position it took. */
  readonly isRestless?: boolean;
  /** Takes its time over some messages. */
  readonly isSlow?: boolean;
  readonly filter?: { readonly types: string[]; readonly streamPrefix: string };
  /** Where it goes on; at the beginning when absent. */
  readonly from?: string;
  readonly dice: Dice;
  /** Type of the event that ends the race. */
  readonly endType: string;
}

const RECONNECT_MS = 50;
const POLL_MS = 20;

/** Takes down the ids of all events it is given, in the order it is given them. */
export class Reader {
  readonly options: ReaderOptions;
  readonly seen: string[] = [];
  position: string;
  connections = 0;
  /** Errors of the service; it goes on behind its position. */
  readonly errors: string[] = [];
  hasEnded = false;
  /** When it was last given an event, as `performance.now()`. */
  lastAt = 0;

  constructor(options: ReaderOptions) {
    this.options = options;
    this.position = options.from ?? '';
  }

  /** Up to the event that ends the race, or the signal. */
  async read(signal: AbortSignal): Promise<void> {
    const { kind } = this.options;
    while (!this.hasEnded && !signal.aborted) {
      this.connections += 1;
      try {
        await (kind === 'polls' ? this.#poll(signal) : this.#watch(signal));
        if (kind === 'polls') await pause(POLL_MS);
      } catch (error) {
        if (signal.aborted) return;
        this.errors.push((error as Error).message);
        await pause(RECONNECT_MS);
      }
    }
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { tenant, filter, dice, isRestless = false, isSlow = false } = this.options;
    const request = { afterPosition: this.position, ...(filter ? { filter } : {}) };
    for await (const { part, position } of this.#client().subscribe(request, { tenant, signal })) {
      if (part?.$case === 'events') {
        const { events } = part.value;
        if (isRestless && dice.chance(0.05)) return this.#take(events.slice(0, 1 + dice.below(events.length)));
        this.#take(events);
      }
      this.position = position;
      if (this.hasEnded || (isRestless && dice.chance(0.05))) return;
      if (isSlow && dice.chance(0.2)) await pause(dice.below(50));
    }
  }

  async #poll(signal: AbortSignal): Promise<void> {
    const { tenant, filter, dice } = this.options;
    const limit = dice.chance(0.5) ? 0n : BigInt(1 + dice.below(300));
    const request = { afterPosition: this.position, limit, ...(filter ? { filter } : {}) };
    for await (const { events, position } of this.#client().readAll(request, { tenant, signal })) {
      this.#take(events);
      this.position = position;
      if (this.hasEnded) return;
    }
  }

  #take(events: readonly RecordedEvent[]): void {
    for (const { event, position } of events) {
      if (event === undefined) throw new Error('an event without what happened');
      this.seen.push(event.id);
      this.position = position;
      this.hasEnded ||= event.type === this.options.endType;
    }
    if (events.length > 0) this.lastAt = performance.now();
  }

  #client(): EventsClient {
    return this.options.dice.oneOf(this.options.storages).events;
  }
}
