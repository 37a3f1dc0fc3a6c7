import { ChildServiceDefinition } from '@exempla/contracts/orchestrator/v1/child_service';
import type { App } from '../http/app.ts';
import { CHILD_FIELDS, childFieldNames as fieldNames, fromChild, maskOf, toChild } from './mapping/cast.ts';
import { nameOf } from './mapping/names.ts';
import type { Peers } from './peers.ts';
import { idempotencyKey, ifMatch } from './preconditions.ts';
import { Child, ChildChange, ChildPage, NewChild } from './schemas/cast.ts';
import { ById, exactly, Nothing, paging } from './schemas/parts.ts';

const { createChild, listChildren, getChild, updateChild, deleteChild } = ChildServiceDefinition.methods;
const tags = ['children'];

export function childRoutes(app: App, { children }: Pick<Peers, 'children'>): void {
  app.post(
    '/children',
    {
      config: { rpc: createChild, fieldNames, reads: ['idempotency-key'] },
      schema: {
        operationId: 'createChild',
        tags,
        summary: 'Keeps a child, or answers with the one of this name, age and gender',
        body: NewChild,
        response: { 200: Child },
      },
    },
    async ({ body, headers }) =>
      fromChild(await children.createChild({ child: toChild(body), requestId: idempotencyKey(headers) })),
  );
  app.get(
    '/children',
    {
      config: { rpc: listChildren },
      schema: {
        operationId: 'listChildren',
        tags,
        summary: 'Children, newest first',
        querystring: exactly(paging),
        response: { 200: ChildPage },
      },
    },
    async ({ query }) => {
      const page = await children.listChildren({ pageSize: query.page_size ?? 0, pageToken: query.page_token ?? '' });
      return { children: page.children.map(fromChild), next_page_token: page.nextPageToken };
    },
  );
  app.get(
    '/children/:id',
    {
      config: { rpc: getChild },
      schema: { operationId: 'getChild', tags, summary: 'One child', params: ById, response: { 200: Child } },
    },
    async ({ params }) => fromChild(await children.getChild({ name: nameOf('children', params.id) })),
  );
  app.patch(
    '/children/:id',
    {
      config: { rpc: updateChild, fieldNames, reads: ['if-match'] },
      schema: {
        operationId: 'updateChild',
        tags,
        summary: 'Changes what the body tells; If-Match changes only this version',
        params: ById,
        body: ChildChange,
        response: { 200: Child },
      },
    },
    async ({ params, body, headers }) => {
      const child = { ...toChild(body), name: nameOf('children', params.id), etag: ifMatch(headers) };
      return fromChild(await children.updateChild({ child, updateMask: maskOf(body, CHILD_FIELDS) }));
    },
  );
  app.delete(
    '/children/:id',
    {
      config: { rpc: deleteChild, reads: ['if-match'] },
      schema: {
        operationId: 'deleteChild',
        tags,
        summary: 'Removes a child; its stories stay',
        params: ById,
        response: { 204: Nothing },
      },
    },
    async ({ params, headers }, reply) => {
      await children.deleteChild({ name: nameOf('children', params.id), etag: ifMatch(headers) });
      return reply.code(204).send(null);
    },
  );
}
