import type { AppendRequest, Event } from '@exempla/contracts/storage/v1/event_store_service';
import { RemoteError } from '@exempla/rpc';
import { type Dice, pause } from './dice.ts';
import type { Ledger } from './ledger.ts';
import { ANY, at, EventMaker, idsOf } from './race-events.ts';
import type { EventsClient, StorageProcess } from './storage-process.ts';

export interface WriterOptions {
  readonly name: string;
  readonly tenant: string;
  /** Beginning of the names of its streams. */
  readonly prefix: string;
  /** The first is its own; sometimes, and after an error, it goes to another one. */
  readonly storages: readonly StorageProcess[];
  readonly dice: Dice;
  readonly ledger: Ledger;
  /** Whether what happens in the race explains the error: then the same is tried again. */
  readonly isExplained: (error: unknown) => boolean;
}

const OWN_STREAMS = 3;
const MAX_TRIES = 3_000;
const FAR = 2n ** 40n;

/** Somebody who appends over gRPC, is refused, leaves before the answer, and tries again. */
export class EventWriter {
  readonly #options: WriterOptions;
  readonly #maker: EventMaker;
  /** What it knows of its own streams; nothing after it has left before an answer. */
  readonly #revisions = new Map<string, bigint>();
  /** How often it has left for good: what it left may be appended at any time, so it goes on in other streams. */
  #gone = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#maker = new EventMaker(options.name);
  }

  async write(goesOn: () => boolean): Promise<void> {
    const { dice, ledger, name } = this.#options;
    const turns = [this.#append, this.#append, this.#append, this.#append, this.#batch, this.#leave, this.#conflict];
    try {
      while (goesOn()) {
        await dice.oneOf(turns).call(this, goesOn);
        await pause(dice.below(10));
      }
    } catch (error) {
      ledger.surprise(name, error);
    }
  }

  async #append(goesOn: () => boolean): Promise<void> {
    await this.#untilDone(this.#request(), goesOn);
  }

  async #untilDone(request: AppendRequest, goesOn: () => boolean): Promise<void> {
    const { ledger, tenant } = this.#options;
    const { lastRevision, repeated } = await this.#retried(
      (client) => client.append(request, { tenant, timeoutMs: 15_000 }),
      goesOn,
    );
    if (repeated) ledger.counts.repeated += 1;
    this.#revisions.set(request.stream, lastRevision);
    ledger.acknowledge(idsOf(request.events));
  }

  /** Some of a batch are refused, the others are not. */
  async #batch(goesOn: () => boolean): Promise<void> {
    const { dice, ledger, tenant } = this.#options;
    const requests = [this.#request(), ...(dice.chance(0.5) ? [this.#hopeless()] : [])];
    if (dice.chance(0.5)) requests.reverse();
    const { results } = await this.#retried((client) => client.appendBatch({ requests }, { tenant }), goesOn);
    requests.forEach((request, i) => {
      const outcome = results[i]?.outcome;
      if (outcome?.$case === 'appended') {
        this.#revisions.set(request.stream, outcome.value.lastRevision);
        ledger.acknowledge(idsOf(request.events));
      } else if (request.expected?.value !== FAR) ledger.surprise(this.#options.name, `a batch: ${outcome?.$case}`);
      else ledger.refuse(idsOf(request.events));
    });
  }

  /** Leaves before the answer, perhaps before the append; comes back for it, or never. */
  async #leave(goesOn: () => boolean): Promise<void> {
    const { dice, ledger, tenant } = this.#options;
    const request = this.#request();
    const leave = new AbortController();
    const timer = setTimeout(() => leave.abort(), dice.below(8));
    try {
      await this.#client().append(request, { tenant, signal: leave.signal });
      ledger.acknowledge(idsOf(request.events));
      this.#revisions.delete(request.stream);
    } catch (error) {
      if (!leave.signal.aborted && !this.#options.isExplained(error)) throw error;
      ledger.counts.left += 1;
      this.#revisions.delete(request.stream);
      if (dice.chance(0.5)) await this.#untilDone(request, goesOn);
      else this.#gone += 1;
    } finally {
      clearTimeout(timer);
    }
  }

  async #conflict(): Promise<void> {
    const { ledger, tenant, isExplained } = this.#options;
    const request = this.#hopeless();
    ledger.refuse(idsOf(request.events));
    try {
      await this.#client().append(request, { tenant });
    } catch (error) {
      if (error instanceof RemoteError && error.reason === 'WRONG_EXPECTED_REVISION') ledger.counts.conflicts += 1;
      else if (!isExplained(error)) throw error;
    }
  }

  async #retried<T>(call: (client: EventsClient) => Promise<T>, goesOn: () => boolean): Promise<T> {
    const { dice, ledger, isExplained } = this.#options;
    for (let tries = 1; ; tries += 1) {
      try {
        return await call(this.#client());
      } catch (error) {
        if (!isExplained(error) || tries === MAX_TRIES || !goesOn()) throw error;
        ledger.counts.retries += 1;
        await pause(20 + dice.below(80));
      }
    }
  }

  /** To a stream of its own at a revision that it knows, or to one of the tenant that others write to. */
  #request(): AppendRequest {
    const { dice, prefix, name } = this.#options;
    const own = `${prefix}/${name}/${this.#gone}-${dice.below(OWN_STREAMS)}`;
    const stream = dice.chance(0.2) ? `${prefix}/shared` : own;
    const known = stream === own && dice.chance(0.7) ? this.#revisions.get(own) : undefined;
    return { stream, expected: known === undefined ? ANY : at(known), events: this.#events() };
  }

  #hopeless(): AppendRequest {
    return { ...this.#request(), expected: at(FAR) };
  }

  #events(): Event[] {
    const { dice } = this.#options;
    return this.#maker.make(dice.chance(0.1) ? 40 : 1 + dice.below(12));
  }

  #client(): EventsClient {
    const { dice, storages } = this.#options;
    const storage = dice.chance(0.8) ? storages[0] : dice.oneOf(storages);
    if (storage === undefined) throw new Error('no process to call');
    return storage.events;
  }
}
