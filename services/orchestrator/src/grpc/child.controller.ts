import { Controller, Inject } from '@nestjs/common';
import {
  ChildServiceDefinition,
  type CreateChildRequest,
  type DeleteChildRequest,
  type GetChildRequest,
  type ListChildrenRequest,
  type ListChildrenResponse,
  type UpdateChildRequest,
} from '@exempla/contracts/orchestrator/v1/child_service';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import { Child } from '@exempla/contracts/type/v1/child';
import { RpcMethod } from '@exempla/rpc';
import { createChild, updateChild, type StoryPorts } from '../stories/index.ts';
import { fromProfile, toChild } from '../wire/cast.ts';
import { STORY_PORTS } from './story-ports.ts';

@Controller()
export class ChildController {
  constructor(@Inject(STORY_PORTS) private readonly ports: StoryPorts) {}

  @RpcMethod(ChildServiceDefinition, 'createChild')
  async createChild({ child = Child.create(), requestId }: CreateChildRequest): Promise<Child> {
    return toChild(await createChild({ profile: fromProfile(child), requestId }, this.ports.children));
  }

  @RpcMethod(ChildServiceDefinition, 'getChild')
  async getChild({ name }: GetChildRequest): Promise<Child> {
    return toChild(await this.ports.children.get(name));
  }

  @RpcMethod(ChildServiceDefinition, 'updateChild')
  async updateChild({ child = Child.create(), updateMask: mask = [] }: UpdateChildRequest): Promise<Child> {
    const { name, etag } = child;
    return toChild(await updateChild({ name, etag, values: fromProfile(child), mask }, this.ports.children));
  }

  @RpcMethod(ChildServiceDefinition, 'deleteChild')
  async deleteChild(request: DeleteChildRequest): Promise<Empty> {
    await this.ports.children.delete(request);
    return {};
  }

  @RpcMethod(ChildServiceDefinition, 'listChildren')
  async listChildren(request: ListChildrenRequest): Promise<ListChildrenResponse> {
    const { children, nextPageToken } = await this.ports.children.list(request);
    return { children: children.map(toChild), nextPageToken };
  }
}
