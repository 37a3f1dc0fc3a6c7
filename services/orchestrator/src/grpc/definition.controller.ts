import { Controller, Inject } from '@nestjs/common';
import {
  DefinitionServiceDefinition,
  type DeleteDefinitionRequest,
  type GenerateDefinitionRequest,
  type GenerateDefinitionResponse,
  type GetDefinitionRequest,
  type ListDefinitionRevisionsRequest,
  type ListDefinitionRevisionsResponse,
  type ListDefinitionsRequest,
  type ListDefinitionsResponse,
  type StreamDefinitionRequest,
  type StreamDefinitionResponse,
} from '@exempla/contracts/orchestrator/v1/definition_service';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import type { Definition } from '@exempla/contracts/type/v1/definition';
import { RpcMethod, type CallContext } from '@exempla/rpc';
import {
  deleteDefinition,
  generateDefinition,
  type DefinitionPorts,
  type GeneratedDefinition,
  type Part,
} from '../definitions/index.ts';
import { toDefinition, toRevision } from '../wire/definition.ts';
import { timeOf } from './call-time.ts';
import { fromGenerateRequest, toGenerateResponse, toPart } from './mapping.ts';
import { mapped, reportsThenResult } from './parts-stream.ts';

export const DEFINITION_PORTS = Symbol('definition ports');

@Controller()
export class DefinitionController {
  constructor(@Inject(DEFINITION_PORTS) private readonly ports: DefinitionPorts) {}

  @RpcMethod(DefinitionServiceDefinition, 'generateDefinition')
  async generateDefinition(
    request: GenerateDefinitionRequest,
    context: CallContext,
  ): Promise<GenerateDefinitionResponse> {
    return toGenerateResponse(await generateDefinition(fromGenerateRequest(request), timeOf(context), this.ports));
  }

  @RpcMethod(DefinitionServiceDefinition, 'streamDefinition')
  async *streamDefinition(
    request: StreamDefinitionRequest,
    context: CallContext,
  ): AsyncGenerator<StreamDefinitionResponse> {
    const asked = fromGenerateRequest(request.request!);
    const parts = reportsThenResult<Part, GeneratedDefinition>((report) =>
      generateDefinition(asked, timeOf(context), this.ports, (part) => void report(part)),
    );
    const generated = yield* mapped(parts, toPart);
    yield { part: { $case: 'done', value: toGenerateResponse(generated) } };
  }

  @RpcMethod(DefinitionServiceDefinition, 'getDefinition')
  async getDefinition({ name }: GetDefinitionRequest): Promise<Definition> {
    return toDefinition(await this.ports.archive.get(name));
  }

  @RpcMethod(DefinitionServiceDefinition, 'listDefinitions')
  async listDefinitions(request: ListDefinitionsRequest): Promise<ListDefinitionsResponse> {
    const { definitions, nextPageToken } = await this.ports.archive.list(request);
    return { definitions: definitions.map(toDefinition), nextPageToken };
  }

  @RpcMethod(DefinitionServiceDefinition, 'deleteDefinition')
  async deleteDefinition(request: DeleteDefinitionRequest): Promise<Empty> {
    await deleteDefinition(request, this.ports);
    return {};
  }

  @RpcMethod(DefinitionServiceDefinition, 'listDefinitionRevisions')
  async listDefinitionRevisions({
    parent,
    ...page
  }: ListDefinitionRevisionsRequest): Promise<ListDefinitionRevisionsResponse> {
    const { revisions, nextPageToken } = await this.ports.archive.revisions(parent, page);
    return { revisions: revisions.map(toRevision), nextPageToken };
  }
}
