import { eventually } from '@exempla/testing';
import type { Database } from '@exempla/launch';
import { type Dice, pause } from './dice.ts';
import { EventWriter } from './event-writer.ts';
import { ForeignWriter } from './foreign-writer.ts';
import { Ledger } from './ledger.ts';
import { ANY, newEvent, TYPES } from './race-events.ts';
import { Reader, type ReaderOptions } from './reader.ts';
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

const WRITERS = 10;
const FOREIGN_WRITERS = 2;
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
    this.readers = [...this.#newReaders(), ...this.#veterans()];
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
    const { tenants, storages, dice, name, database, disturb } = this.options;
    const { ledger } = this;
    const isExplained = this.options.isExplained ?? (() => false);
    const goesOn = (): boolean => this.#isWriting(start);
    const writers = Array.from({ length: WRITERS }, (_, i) => {
      const own = [...storages.slice(i % storages.length), ...storages.slice(0, i % storages.length)];
      const tenant = dice.oneOf(tenants);
      const common = { prefix: `streams/${name}`, dice: dice.next(), ledger, isExplained };
      return new EventWriter({ ...common, name: `${name}-w${i}`, tenant, storages: own });
    });
    const foreign = Array.from({ length: FOREIGN_WRITERS }, (_, i) => {
      const common = { tenants, prefix: name, url: database.url, dice: dice.next(), ledger, isExplained };
      return new ForeignWriter({ ...common, name: `${name}-f${i}` });
    });
    await Promise.all([
      ...[...writers, ...foreign].map((writer) => writer.write(goesOn)),
      ...(disturb ? [disturb(this, goesOn)] : []),
    ]);
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

  #newReaders(): Reader[] {
    const { storages, tenants, dice, name } = this.options;
    const odd = { types: [TYPES[1], this.#endType], streamPrefix: `streams/${name}` };
    const one = (i: number): StorageProcess[] => storages.slice(i % storages.length).slice(0, 1);
    const kinds: Pick<ReaderOptions, 'kind' | 'storages' | 'isRestless' | 'isSlow' | 'filter'>[] = [
      ...storages.map((_, i) => ({ kind: 'subscribes' as const, storages: one(i) })),
      { kind: 'subscribes', storages, isRestless: true },
      { kind: 'subscribes', storages: one(1), isSlow: true },
      { kind: 'subscribes', storages: one(2), filter: odd },
      { kind: 'polls', storages },
      { kind: 'polls', storages, filter: odd },
    ];
    return kinds.map((kind, i) => {
      const tenant = tenants[i % tenants.length] ?? '';
      return new Reader({ name: `reader ${i + 1}`, tenant, dice: dice.next(), endType: this.#endType, ...kind });
    });
  }

  #veterans(): Reader[] {
    const { veterans = [], storages, dice } = this.options;
    return veterans.map(
      ({ options: { name, tenant, kind }, position }) =>
        new Reader({
          name: `veteran ${name}`,
          tenant,
          kind,
          storages,
          from: position,
          dice: dice.next(),
          endType: this.#endType,
        }),
    );
  }
}
