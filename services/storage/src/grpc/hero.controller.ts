import { Controller, Inject } from '@nestjs/common';
import { idIn } from '@exempla/contracts';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import {
  type CreateHeroRequest,
  type DeleteHeroRequest,
  type GetHeroRequest,
  HeroStoreServiceDefinition,
  type ListHeroesRequest,
  type ListHeroesResponse,
  type UpdateHeroRequest,
} from '@exempla/contracts/storage/v1/hero_store_service';
import type { Hero } from '@exempla/contracts/type/v1/hero';
import { type CallContext, RpcMethod } from '@exempla/rpc';
import { createHero, deleteHero, getHero, type HeroStore, listHeroes, updateHero } from '../heroes/index.ts';
import { fromHero, toCreateHero, toUpdateHero } from './hero-mapping.ts';
import { RECORD_STORE } from './record-store.ts';
import { checkRequest } from './request-checks.ts';

@Controller()
export class HeroController {
  constructor(@Inject(RECORD_STORE) private readonly store: HeroStore) {}

  @RpcMethod(HeroStoreServiceDefinition, 'createHero')
  async createHero(request: CreateHeroRequest, context: CallContext): Promise<Hero> {
    return fromHero(await createHero(this.store, context, toCreateHero(request)));
  }

  @RpcMethod(HeroStoreServiceDefinition, 'getHero')
  async getHero(request: GetHeroRequest, context: CallContext): Promise<Hero> {
    return fromHero(await getHero(this.store, context, idIn(request.name)));
  }

  @RpcMethod(HeroStoreServiceDefinition, 'updateHero')
  async updateHero(request: UpdateHeroRequest, context: CallContext): Promise<Hero> {
    return fromHero(await updateHero(this.store, context, toUpdateHero(request)));
  }

  @RpcMethod(HeroStoreServiceDefinition, 'deleteHero')
  async deleteHero(request: DeleteHeroRequest, context: CallContext): Promise<Empty> {
    await deleteHero(this.store, context, { id: idIn(request.name), etag: request.etag });
    return {};
  }

  @RpcMethod(HeroStoreServiceDefinition, 'listHeroes')
  async listHeroes(request: ListHeroesRequest, context: CallContext): Promise<ListHeroesResponse> {
    checkRequest(request);
    const { items, nextPageToken } = await listHeroes(this.store, context, request);
    return { heroes: items.map(fromHero), nextPageToken };
  }
}
