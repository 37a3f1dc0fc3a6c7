import type { Dice } from './dice.ts';
import { EventWriter } from './event-writer.ts';
import { ForeignWriter } from './foreign-writer.ts';
import type { Ledger } from './ledger.ts';
import type { RaceOptions } from './race.ts';
import { TYPES } from './race-events.ts';
import { Reader, type ReaderOptions } from './reader.ts';
import type { StorageProcess } from './storage-process.ts';

const WRITERS = 10;
const FOREIGN_WRITERS = 2;

type Kind = Pick<ReaderOptions, 'kind' | 'storages' | 'isRestless' | 'isSlow' | 'filter'>;

const from = (storages: readonly StorageProcess[], i: number): StorageProcess[] => [
  ...storages.slice(i % storages.length),
  ...storages.slice(0, i % storages.length),
];

export function writersOf(options: RaceOptions, ledger: Ledger): (EventWriter | ForeignWriter)[] {
  const { tenants, storages, dice, name, database, isExplained = () => false } = options;
  const common = (): { dice: Dice; ledger: Ledger; isExplained: typeof isExplained } => ({
    dice: dice.next(),
    ledger,
    isExplained,
  });
  const writers = Array.from({ length: WRITERS }, (_, i) => {
    const own = { prefix: `streams/${name}`, tenant: dice.oneOf(tenants), storages: from(storages, i) };
    return new EventWriter({ ...common(), ...own, name: `${name}-w${i}` });
  });
  const foreign = Array.from({ length: FOREIGN_WRITERS }, (_, i) => {
    const own = { prefix: name, tenants, url: database.url };
    return new ForeignWriter({ ...common(), ...own, name: `${name}-f${i}` });
  });
  return [...writers, ...foreign];
}

/** One of every kind, and one that stays at each process; then those of an earlier race that go on here. */
export function readersOf({ storages, tenants, dice, name, veterans = [] }: RaceOptions, endType: string): Reader[] {
  const odd = { types: [TYPES[1], endType], streamPrefix: `streams/${name}` };
  const one = (i: number): StorageProcess[] => from(storages, i).slice(0, 1);
  const kinds: Kind[] = [
    ...storages.map((_, i) => ({ kind: 'subscribes' as const, storages: one(i) })),
    { kind: 'subscribes', storages, isRestless: true },
    { kind: 'subscribes', storages: one(1), isSlow: true },
    { kind: 'subscribes', storages: one(2), filter: odd },
    { kind: 'polls', storages },
    { kind: 'polls', storages, filter: odd },
  ];
  const newcomers = kinds.map((kind, i) => {
    const tenant = tenants[i % tenants.length] ?? '';
    return new Reader({ ...kind, name: `reader ${i + 1}`, tenant, dice: dice.next(), endType });
  });
  const others = veterans.map(({ options, position }) => {
    const { tenant, kind } = options;
    const going = { tenant, kind, storages, from: position, dice: dice.next(), endType };
    return new Reader({ ...going, name: `veteran ${options.name}` });
  });
  return [...newcomers, ...others];
}
