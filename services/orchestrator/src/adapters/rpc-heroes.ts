import type { HeroStoreServiceDefinition } from '@exempla/contracts/storage/v1/hero_store_service';
import type { RpcClient } from '@exempla/rpc';
import type { Hero, HeroArchive, HeroProfile } from '../stories/index.ts';
import { fromHero, toHeroProfile } from '../wire/cast.ts';
import { askForStories } from './peer-errors.ts';

/** Heroes in the storage service. */
export class RpcHeroes implements HeroArchive {
  readonly #client: RpcClient<typeof HeroStoreServiceDefinition>;

  constructor(client: RpcClient<typeof HeroStoreServiceDefinition>) {
    this.#client = client;
  }

  async create(profile: HeroProfile, requestId: string): Promise<Hero> {
    return fromHero(await askForStories(this.#client.createHero({ hero: toHeroProfile(profile), requestId })));
  }

  async get(name: string): Promise<Hero> {
    return fromHero(await askForStories(this.#client.getHero({ name })));
  }

  async update({ name, etag, values, mask }: Parameters<HeroArchive['update']>[0]): Promise<Hero> {
    const hero = { ...toHeroProfile(values), name, etag };
    return fromHero(await askForStories(this.#client.updateHero({ hero, updateMask: [...mask] })));
  }

  async delete(version: Parameters<HeroArchive['delete']>[0]): Promise<void> {
    await askForStories(this.#client.deleteHero(version));
  }

  async list(page: Parameters<HeroArchive['list']>[0]): ReturnType<HeroArchive['list']> {
    const { heroes, nextPageToken } = await askForStories(this.#client.listHeroes(page));
    return { heroes: heroes.map(fromHero), nextPageToken };
  }
}
