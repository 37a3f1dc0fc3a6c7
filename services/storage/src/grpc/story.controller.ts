import { Controller, Inject } from '@nestjs/common';
import { idIn } from '@exempla/contracts';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import {
  type CreateGenerationRequest,
  type CreateStoryRequest,
  type DeleteStoryRequest,
  type GetStoryRequest,
  type ListGenerationsRequest,
  type ListGenerationsResponse,
  type ListStoriesRequest,
  type ListStoriesResponse,
  type ListStoryRevisionsRequest,
  type ListStoryRevisionsResponse,
  type LookupStoryRequest,
  type LookupStoryResponse,
  type RateStoryRequest,
  StoryStoreServiceDefinition,
  type UpdateGenerationRequest,
  type UpdateStoryRequest,
} from '@exempla/contracts/storage/v1/story_store_service';
import type { Generation, Story } from '@exempla/contracts/type/v1/story';
import { type CallContext, RpcMethod } from '@exempla/rpc';
import {
  createGeneration,
  createStory,
  deleteStory,
  getStory,
  listGenerations,
  listStories,
  listStoryRevisions,
  lookupStory,
  rateStory,
  type StoryStore,
  updateGeneration,
  updateStory,
} from '../stories/index.ts';
import { fromGeneration, toCreateGeneration, toUpdateGeneration } from './generation-mapping.ts';
import { RECORD_STORE } from './record-store.ts';
import {
  fromStory,
  fromStoryRevision,
  toCreateStory,
  toListStories,
  toLookupStory,
  toUpdateStory,
} from './story-mapping.ts';

@Controller()
export class StoryController {
  constructor(@Inject(RECORD_STORE) private readonly store: StoryStore) {}

  @RpcMethod(StoryStoreServiceDefinition, 'createStory')
  async createStory(request: CreateStoryRequest, context: CallContext): Promise<Story> {
    return fromStory(await createStory(this.store, context, toCreateStory(request)));
  }

  @RpcMethod(StoryStoreServiceDefinition, 'lookupStory')
  async lookupStory(request: LookupStoryRequest, context: CallContext): Promise<LookupStoryResponse> {
    const found = await lookupStory(this.store, context, toLookupStory(request));
    return { byRequest: found && fromStory(found) };
  }

  @RpcMethod(StoryStoreServiceDefinition, 'getStory')
  async getStory(request: GetStoryRequest, context: CallContext): Promise<Story> {
    return fromStory(await getStory(this.store, context, idIn(request.name)));
  }

  @RpcMethod(StoryStoreServiceDefinition, 'updateStory')
  async updateStory(request: UpdateStoryRequest, context: CallContext): Promise<Story> {
    return fromStory(await updateStory(this.store, context, toUpdateStory(request)));
  }

  @RpcMethod(StoryStoreServiceDefinition, 'deleteStory')
  async deleteStory(request: DeleteStoryRequest, context: CallContext): Promise<Empty> {
    await deleteStory(this.store, context, { id: idIn(request.name), etag: request.etag });
    return {};
  }

  @RpcMethod(StoryStoreServiceDefinition, 'rateStory')
  async rateStory({ name, rating }: RateStoryRequest, context: CallContext): Promise<Story> {
    return fromStory(await rateStory(this.store, context, { id: idIn(name), rating }));
  }

  @RpcMethod(StoryStoreServiceDefinition, 'listStories')
  async listStories(request: ListStoriesRequest, context: CallContext): Promise<ListStoriesResponse> {
    const { items, nextPageToken } = await listStories(this.store, context, toListStories(request));
    return { stories: items.map(fromStory), nextPageToken };
  }

  @RpcMethod(StoryStoreServiceDefinition, 'listStoryRevisions')
  async listStoryRevisions(
    request: ListStoryRevisionsRequest,
    context: CallContext,
  ): Promise<ListStoryRevisionsResponse> {
    const page = { ...request, storyId: idIn(request.parent) };
    const { items, nextPageToken } = await listStoryRevisions(this.store, context, page);
    return { revisions: items.map(fromStoryRevision), nextPageToken };
  }

  @RpcMethod(StoryStoreServiceDefinition, 'createGeneration')
  async createGeneration(request: CreateGenerationRequest, context: CallContext): Promise<Generation> {
    return fromGeneration(await createGeneration(this.store, context, toCreateGeneration(request)));
  }

  @RpcMethod(StoryStoreServiceDefinition, 'updateGeneration')
  async updateGeneration(request: UpdateGenerationRequest, context: CallContext): Promise<Generation> {
    return fromGeneration(await updateGeneration(this.store, context, toUpdateGeneration(request)));
  }

  @RpcMethod(StoryStoreServiceDefinition, 'listGenerations')
  async listGenerations(request: ListGenerationsRequest, context: CallContext): Promise<ListGenerationsResponse> {
    const page = { ...request, storyId: idIn(request.parent) };
    const { items, nextPageToken } = await listGenerations(this.store, context, page);
    return { generations: items.map(fromGeneration), nextPageToken };
  }
}
