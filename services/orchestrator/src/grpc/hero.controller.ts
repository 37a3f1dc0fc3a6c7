import { Controller, Inject } from '@nestjs/common';
import {
  HeroServiceDefinition,
  type CreateHeroRequest,
  type DeleteHeroRequest,
  type GetHeroRequest,
  type ListHeroesRequest,
  type ListHeroesResponse,
  type UpdateHeroRequest,
} from '@exempla/contracts/orchestrator/v1/hero_service';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import { Hero } from '@exempla/contracts/type/v1/hero';
import { RpcMethod } from '@exempla/rpc';
import { createHero, updateHero, type StoryPorts } from '../stories/index.ts';
import { fromHeroProfile, toHero } from '../wire/cast.ts';
import { STORY_PORTS } from './story-ports.ts';

@Controller()
export class HeroController {
  constructor(@Inject(STORY_PORTS) private readonly ports: StoryPorts) {}

  @RpcMethod(HeroServiceDefinition, 'createHero')
  async createHero({ hero = Hero.create(), requestId }: CreateHeroRequest): Promise<Hero> {
    return toHero(await createHero({ profile: fromHeroProfile(hero), requestId }, this.ports.heroes));
  }

  @RpcMethod(HeroServiceDefinition, 'getHero')
  async getHero({ name }: GetHeroRequest): Promise<Hero> {
    return toHero(await this.ports.heroes.get(name));
  }

  @RpcMethod(HeroServiceDefinition, 'updateHero')
  async updateHero({ hero = Hero.create(), updateMask: mask = [] }: UpdateHeroRequest): Promise<Hero> {
    const { name, etag } = hero;
    return toHero(await updateHero({ name, etag, values: fromHeroProfile(hero), mask }, this.ports.heroes));
  }

  @RpcMethod(HeroServiceDefinition, 'deleteHero')
  async deleteHero(request: DeleteHeroRequest): Promise<Empty> {
    await this.ports.heroes.delete(request);
    return {};
  }

  @RpcMethod(HeroServiceDefinition, 'listHeroes')
  async listHeroes(request: ListHeroesRequest): Promise<ListHeroesResponse> {
    const { heroes, nextPageToken } = await this.ports.heroes.list(request);
    return { heroes: heroes.map(toHero), nextPageToken };
  }
}
