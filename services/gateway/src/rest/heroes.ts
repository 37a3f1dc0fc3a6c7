import { HeroServiceDefinition } from '@exempla/contracts/orchestrator/v1/hero_service';
import type { App } from '../http/app.ts';
import { HERO_FIELDS, heroFieldNames as fieldNames, fromHero, maskOf, toHero } from './mapping/cast.ts';
import { nameOf } from './mapping/names.ts';
import type { Peers } from './peers.ts';
import { idempotencyKey, ifMatch } from './preconditions.ts';
import { Hero, HeroChange, HeroPage, NewHero } from './schemas/cast.ts';
import { ById, exactly, Nothing, paging } from './schemas/parts.ts';

const { createHero, listHeroes, getHero, updateHero, deleteHero } = HeroServiceDefinition.methods;
const tags = ['heroes'];

export function heroRoutes(app: App, { heroes }: Pick<Peers, 'heroes'>): void {
  app.post(
    '/heroes',
    {
      config: { rpc: createHero, fieldNames, reads: ['idempotency-key'] },
      schema: {
        operationId: 'createHero',
        tags,
        summary: 'Keeps a hero',
        body: NewHero,
        response: { 200: Hero },
      },
    },
    async ({ body, headers }) =>
      fromHero(await heroes.createHero({ hero: toHero(body), requestId: idempotencyKey(headers) })),
  );
  app.get(
    '/heroes',
    {
      config: { rpc: listHeroes },
      schema: {
        operationId: 'listHeroes',
        tags,
        summary: 'Heroes, newest first',
        querystring: exactly(paging),
        response: { 200: HeroPage },
      },
    },
    async ({ query }) => {
      const page = await heroes.listHeroes({ pageSize: query.page_size ?? 0, pageToken: query.page_token ?? '' });
      return { heroes: page.heroes.map(fromHero), next_page_token: page.nextPageToken };
    },
  );
  app.get(
    '/heroes/:id',
    {
      config: { rpc: getHero },
      schema: { operationId: 'getHero', tags, summary: 'One hero', params: ById, response: { 200: Hero } },
    },
    async ({ params }) => fromHero(await heroes.getHero({ name: nameOf('heroes', params.id) })),
  );
  app.patch(
    '/heroes/:id',
    {
      config: { rpc: updateHero, fieldNames, reads: ['if-match'] },
      schema: {
        operationId: 'updateHero',
        tags,
        summary: 'Changes what the body tells; If-Match changes only this version',
        params: ById,
        body: HeroChange,
        response: { 200: Hero },
      },
    },
    async ({ params, body, headers }) => {
      const hero = { ...toHero(body), name: nameOf('heroes', params.id), etag: ifMatch(headers) };
      return fromHero(await heroes.updateHero({ hero, updateMask: maskOf(body, HERO_FIELDS) }));
    },
  );
  app.delete(
    '/heroes/:id',
    {
      config: { rpc: deleteHero, reads: ['if-match'] },
      schema: {
        operationId: 'deleteHero',
        tags,
        summary: 'Removes a hero; its stories stay',
        params: ById,
        response: { 204: Nothing },
      },
    },
    async ({ params, headers }, reply) => {
      await heroes.deleteHero({ name: nameOf('heroes', params.id), etag: ifMatch(headers) });
      return reply.code(204).send(null);
    },
  );
}
