import { definitionId } from '@exempla/contracts';
import type {
  CreateDefinitionRequest,
  ListDefinitionRevisionsRequest,
  ListDefinitionsRequest,
  LookupDefinitionRequest,
  UpdateDefinitionRequest,
} from '@exempla/contracts/storage/v1/definition_store_service';
import { Definition as WireDefinition } from '@exempla/contracts/type/v1/definition';
import type { CreateDefinitionInput, LookupInput, UpdateDefinitionInput } from '../definitions/index.ts';
import type { PageInput } from '../paging/index.ts';
import { toContent, toContext, toNewRevision } from './definition-mapping.ts';
import { checkRequest } from './request-checks.ts';

/** The rules of the protos see to it that the message is there; an empty one stands in for the type. */
const present = (definition: WireDefinition | undefined): WireDefinition => definition ?? WireDefinition.create();

export function toCreateInput(request: CreateDefinitionRequest): CreateDefinitionInput {
  const { term, language, text } = present(request.definition);
  const newest = request.revisions.at(-1)?.text ?? text;
  checkRequest(request, { 'definition.term': term, 'definition.language': language, 'definition.text': newest });
  return {
    content: toContent(present(request.definition)),
    id: request.definitionId,
    revisions: request.revisions.map(toNewRevision),
    requestId: request.requestId,
    requestFingerprint: request.requestFingerprint,
    allowDuplicate: request.allowDuplicate,
  };
}

export function toLookupInput(request: LookupDefinitionRequest): LookupInput {
  checkRequest(request);
  return { ...request, context: toContext(request.context) };
}

export function toUpdateInput(request: UpdateDefinitionRequest): UpdateDefinitionInput {
  const definition = present(request.definition);
  checkRequest(request, { 'definition.name': definition.name });
  return {
    id: definitionId(definition.name),
    etag: definition.etag,
    mask: request.updateMask ?? [],
    values: toContent(definition),
    note: request.revisionNote,
  };
}

export function toListInput(request: ListDefinitionsRequest): PageInput & { term: string } {
  checkRequest(request);
  return request;
}

export const toRevisionsInput = (request: ListDefinitionRevisionsRequest): PageInput & { id: string } => ({
  id: definitionId(request.parent),
  pageSize: request.pageSize,
  pageToken: request.pageToken,
});
