import { Controller, Inject } from '@nestjs/common';
import { definitionId, definitionName } from '@exempla/contracts';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import {
  type CreateDefinitionRequest,
  DefinitionStoreServiceDefinition,
  type DeleteDefinitionRequest,
  type GetDefinitionRequest,
  type ListDefinitionRevisionsRequest,
  type ListDefinitionRevisionsResponse,
  type ListDefinitionsRequest,
  type ListDefinitionsResponse,
  type LookupDefinitionRequest,
  type LookupDefinitionResponse,
  type UpdateDefinitionRequest,
} from '@exempla/contracts/storage/v1/definition_store_service';
import type { Definition } from '@exempla/contracts/type/v1/definition';
import { type CallContext, RpcMethod } from '@exempla/rpc';
import {
  createDefinition,
  type DefinitionStore,
  deleteDefinition,
  getDefinition,
  listDefinitions,
  listRevisions,
  lookupDefinition,
  updateDefinition,
} from '../definitions/index.ts';
import { fromDefinition, fromRevision } from './definition-mapping.ts';
import { toCreateInput, toListInput, toLookupInput, toRevisionsInput, toUpdateInput } from './definition-requests.ts';

/** Injection token of the port. */
export const DEFINITION_STORE = Symbol('definition-store');

@Controller()
export class DefinitionController {
  constructor(@Inject(DEFINITION_STORE) private readonly store: DefinitionStore) {}

  @RpcMethod(DefinitionStoreServiceDefinition, 'createDefinition')
  async createDefinition(request: CreateDefinitionRequest, context: CallContext): Promise<Definition> {
    return fromDefinition(await createDefinition(this.store, context, toCreateInput(request)));
  }

  @RpcMethod(DefinitionStoreServiceDefinition, 'lookupDefinition')
  async lookupDefinition(request: LookupDefinitionRequest, context: CallContext): Promise<LookupDefinitionResponse> {
    const { byRequest, duplicateId } = await lookupDefinition(this.store, context, toLookupInput(request));
    return {
      byRequest: byRequest && fromDefinition(byRequest),
      duplicate: duplicateId === undefined ? '' : definitionName(duplicateId),
    };
  }

  @RpcMethod(DefinitionStoreServiceDefinition, 'getDefinition')
  async getDefinition(request: GetDefinitionRequest, context: CallContext): Promise<Definition> {
    return fromDefinition(await getDefinition(this.store, context, definitionId(request.name)));
  }

  @RpcMethod(DefinitionStoreServiceDefinition, 'updateDefinition')
  async updateDefinition(request: UpdateDefinitionRequest, context: CallContext): Promise<Definition> {
    return fromDefinition(await updateDefinition(this.store, context, toUpdateInput(request)));
  }

  @RpcMethod(DefinitionStoreServiceDefinition, 'listDefinitions')
  async listDefinitions(request: ListDefinitionsRequest, context: CallContext): Promise<ListDefinitionsResponse> {
    const { items, nextPageToken } = await listDefinitions(this.store, context, toListInput(request));
    return { definitions: items.map(fromDefinition), nextPageToken };
  }

  @RpcMethod(DefinitionStoreServiceDefinition, 'deleteDefinition')
  async deleteDefinition(request: DeleteDefinitionRequest, context: CallContext): Promise<Empty> {
    await deleteDefinition(this.store, context, definitionId(request.name), request.etag);
    return {};
  }

  @RpcMethod(DefinitionStoreServiceDefinition, 'listDefinitionRevisions')
  async listDefinitionRevisions(
    request: ListDefinitionRevisionsRequest,
    context: CallContext,
  ): Promise<ListDefinitionRevisionsResponse> {
    const { items, nextPageToken } = await listRevisions(this.store, context, toRevisionsInput(request));
    return { revisions: items.map((revision) => fromRevision(request.parent, revision)), nextPageToken };
  }
}
