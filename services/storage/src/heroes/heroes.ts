import type { Page, PageInput } from '../paging/index.ts';
import {
  type Call,
  type CreateInput,
  createRecord,
  deleteRecord,
  fold,
  getRecord,
  listRecords,
  madeBy,
  type RecordStore,
  type UpdateInput,
  updateRecord,
  type Version,
} from '../records/index.ts';
import { HERO, type Hero, type HeroContent, type HeroRepository } from './hero.ts';

/** A store that has heroes, whatever else it has. */
export type HeroStore = RecordStore<{ readonly heroes: HeroRepository }>;

export const createHero = (store: HeroStore, call: Call, input: CreateInput<HeroContent>): Promise<Hero> =>
  store.withTransaction(call, async ({ heroes }) => madeBy(await createRecord(HERO, heroes, input)));

export const getHero = (store: HeroStore, call: Call, id: string): Promise<Hero> =>
  getRecord(HERO, store.reading(call).heroes, id);

export const updateHero = (store: HeroStore, call: Call, input: UpdateInput<HeroContent>): Promise<Hero> =>
  store.withTransaction(call, ({ heroes }) => updateRecord(HERO, heroes, input));

export const deleteHero = (store: HeroStore, call: Call, version: Version): Promise<void> =>
  store.withTransaction(call, ({ heroes }) => deleteRecord(HERO, heroes, version));

export function listHeroes(store: HeroStore, call: Call, page: PageInput & { language: string }): Promise<Page<Hero>> {
  const filter = { languageKey: page.language === '' ? undefined : fold(page.language) };
  return listRecords(store, call, { kind: HERO, in: ({ heroes }) => heroes, filter, page });
}
