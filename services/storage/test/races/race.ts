import { eventually } from '@exempla/testing';
import type { Database } from '@exempla/launch';
import { type Dice, pause } from './dice.ts';
import { Ledger } from './ledger.ts';
import { readersOf, writersOf } from './lineup.ts';
import { ANY, newEvent } from './race-events.ts';
import type { Reader } from './reader.ts';
import type { StorageProcess } from './storage-process.ts';
import { faultsOfStore, lastPosition, type TrueEvent, truthOf } from './truth.ts';
import { compare, type Comparison, faultsOf } from './verdict.ts';

export interface RaceOptions {
  /** Part of the names of its streams and events: unique in its database. */
  readonly name: string;
  readonly dice: Dice;
  /** How many events are to be acknowledged before it ends. */
  readonly events: number;
  readonly database: Database;
  /** Some processes on one database. */
  readonly storages: readonly StorageProcess[];
  readonly tenants: readonly string[];
  /** What happens meanwhile; it ends when the writers have ended. */
  readonly disturb?: (race: Race, goesOn: () => boolean) => Promise<void>;
  /** Whether what happens explains an error of a writer. None does when absent. */
  readonly isExplained?: (error: unknown) => boolean;
  /** Readers of an earlier race that go on here. */
  readonly veterans?: readonly Reader[];
}

export interface ReaderReport extends Comparison {
  readonly reader: Reader;
}

export interface Report {
  /** Everything that is not as promised, in words. */
  readonly faults: readonly string[];
  readonly events: number;
  readonly seconds: number;
  readonly readers: readonly ReaderReport[];
  readonly truth: readonly TrueEvent[];
}

const WRITE_LIMIT_MS = 900_000;
/** From the last event on. */
const READ_LIMIT_MS = 30_000;

/** Writers, readers, and the truth. */
export class Race {
  readonly options: RaceOptions;
  readonly ledger = new Ledger();
  readonly readers: readonly Reader[];
  readonly #endType: string;

  constructor(options: RaceOptions) {
    this.options = options;
    this.#endType = `race.ended.${options.name}`;
    this.readers = readersOf(options, this.#endType);
  }

  async run(): Promise<Report> {
    const { adminUrl } = this.options.database;
    const start = performance.now();
    const before = await lastPosition(adminUrl);
    const stop = new AbortController();
    const reading = this.readers.map((reader) => reader.read(stop.signal));
    try {
      await this.#write(start);
      await this.#end();
      const slowest = eventually(
        'all have read to the end',
        () => this.readers.every((r) => r.hasEnded),
        READ_LIMIT_MS,
      );
      await slowest.catch(() => 'told below, as what they missed');
    } finally {
      stop.abort();
      await Promise.all(reading);
    }
    const seconds = (performance.now() - start) / 1000;
    return this.#report(await truthOf(adminUrl, this.options.tenants), before, seconds);
  }

  /** Whether events are still wanted. */
  #isWriting(start: number): boolean {
    return this.ledger.acknowledged.size < this.options.events && performance.now() - start < WRITE_LIMIT_MS;
  }

  async #write(start: number): Promise<void> {
    const { disturb } = this.options;
    const goesOn = (): boolean => this.#isWriting(start);
    const writing = writersOf(this.options, this.ledger).map((writer) => writer.write(goesOn));
    await Promise.all([...writing, ...(disturb ? [disturb(this, goesOn)] : [])]);
  }

  /** The last event of each tenant: it is committed after all others. */
  async #end(): Promise<void> {
    const { tenants, storages, name, dice } = this.options;
    for (const tenant of tenants) {
      const events = [newEvent(`${name}-${tenant}-ended`, this.#endType)];
      const request = { stream: `streams/${name}/end`, expected: ANY, events };
      for (let tries = 1; ; tries += 1) {
        try {
          await dice.oneOf(storages).events.append(request, { tenant });
          break;
        } catch (error) {
          if (tries === 50) throw error;
          await pause(100);
        }
      }
    }
  }

  #report(truth: readonly TrueEvent[], before: bigint, seconds: number): Report {
    const { ledger } = this;
    const readers = this.readers.map((reader) => ({
      reader,
      ...compare(this.#owedTo(reader, truth, before), reader.seen),
    }));
    return {
      events: truth.filter(({ position }) => position > before).length,
      seconds,
      readers,
      truth,
      faults: [
        ...faultsOfStore(truth, ledger),
        ...ledger.surprises,
        ...readers.flatMap((each) => faultsOf(each.reader.options.name, each)),
        ...(ledger.acknowledged.size < this.options.events ? ['there was no time to append all'] : []),
      ],
    };
  }

  /** Ids of the events that it has to see, in their order. */
  #owedTo({ options: { tenant, filter, from } }: Reader, truth: readonly TrueEvent[], before: bigint): string[] {
    return truth
      .filter((event) => event.tenant === tenant && (from === undefined || event.position > before))
      .filter(({ type }) => filter === undefined || filter.types.includes(type))
      .filter(({ stream }) => `streams/${stream}`.startsWith(filter?.streamPrefix ?? ''))
      .map(({ id }) => id);
  }
}
