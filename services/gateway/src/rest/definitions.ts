import { DefinitionServiceDefinition } from '@exempla/contracts/orchestrator/v1/definition_service';
import type { App } from '../http/app.ts';
import { fromDefinition, fromOrigin, toGenerateRequest } from './mapping/definition.ts';
import { nameOf } from './mapping/names.ts';
import type { Peers } from './peers.ts';
import { idempotencyKey } from './preconditions.ts';
import { Definition, DefinitionPage, DefinitionQuery, GenerateDefinition } from './schemas/definitions.ts';
import { ById } from './schemas/parts.ts';

const { generateDefinition, listDefinitions, getDefinition } = DefinitionServiceDefinition.methods;
const tags = ['definitions'];

export function definitionRoutes(app: App, { definitions }: Pick<Peers, 'definitions'>): void {
  app.post(
    '/definitions',
    {
      config: { rpc: generateDefinition, reads: ['idempotency-key'] },
      schema: {
        operationId: 'generateDefinition',
        tags,
        summary: 'Defines a term, with examples of six kinds, and keeps what it made',
        body: GenerateDefinition,
        response: { 200: Definition },
      },
    },
    async ({ body, headers }) => {
      const request = { ...toGenerateRequest(body), requestId: idempotencyKey(headers) };
      const { definition, degraded, ...origin } = await definitions.generateDefinition(request);
      if (!definition) throw new Error('an answer without its definition');
      return { ...fromDefinition(definition), ...fromOrigin(origin), ...(degraded.length > 0 && { degraded }) };
    },
  );
  app.get(
    '/definitions',
    {
      config: { rpc: listDefinitions },
      schema: {
        operationId: 'listDefinitions',
        tags,
        summary: 'Definitions, newest first',
        querystring: DefinitionQuery,
        response: { 200: DefinitionPage },
      },
    },
    async ({ query: { page_size: pageSize = 0, page_token: pageToken = '', term = '' } }) => {
      const page = await definitions.listDefinitions({ pageSize, pageToken, term });
      return { definitions: page.definitions.map(fromDefinition), next_page_token: page.nextPageToken };
    },
  );
  app.get(
    '/definitions/:id',
    {
      config: { rpc: getDefinition },
      schema: {
        operationId: 'getDefinition',
        tags,
        summary: 'One definition',
        params: ById,
        response: { 200: Definition },
      },
    },
    async ({ params }) => fromDefinition(await definitions.getDefinition({ name: nameOf('definitions', params.id) })),
  );
}
