import { Controller, Inject } from '@nestjs/common';
import {
  StoryServiceDefinition,
  GenerateStoryRequest,
  type DeleteStoryRequest,
  type GenerateStoryResponse,
  type GetStoryRequest,
  type ListStoriesRequest,
  type ListStoriesResponse,
  type RateStoryRequest,
  type StreamGenerateStoryRequest,
  type StreamGenerateStoryResponse,
} from '@exempla/contracts/orchestrator/v1/story_service';
import type { Empty } from '@exempla/contracts/google/protobuf/empty';
import type { Story } from '@exempla/contracts/type/v1/story';
import { RpcMethod, type CallContext } from '@exempla/rpc';
import {
  deleteStory,
  generateStory,
  giveRating,
  type GeneratedStory,
  type Part,
  type StoryPorts,
} from '../stories/index.ts';
import { toStory } from '../wire/story.ts';
import { timeOf } from './call-time.ts';
import { mapped, reportsThenResult } from './parts-stream.ts';
import { fromGenerateStory, toStoryAnswer, toStoryPart } from './story-mapping.ts';
import { STORY_PARTS } from './story-parts.ts';
import { STORY_PORTS } from './story-ports.ts';

@Controller()
export class StoryController {
  constructor(@Inject(STORY_PORTS) private readonly ports: StoryPorts) {}

  @RpcMethod(StoryServiceDefinition, 'generateStory')
  async generateStory(request: GenerateStoryRequest, context: CallContext): Promise<GenerateStoryResponse> {
    return toStoryAnswer(await generateStory(fromGenerateStory(request), timeOf(context), this.ports));
  }

  @RpcMethod(StoryServiceDefinition, 'streamGenerateStory')
  async *streamGenerateStory(
    { request = GenerateStoryRequest.create() }: StreamGenerateStoryRequest,
    context: CallContext,
  ): AsyncGenerator<StreamGenerateStoryResponse> {
    const asked = fromGenerateStory(request);
    const parts = reportsThenResult<Part, GeneratedStory>(
      (report) => generateStory(asked, timeOf(context), this.ports, report),
      STORY_PARTS,
    );
    const generated = yield* mapped(parts, toStoryPart);
    yield { part: { $case: 'done', value: toStoryAnswer(generated) } };
  }

  @RpcMethod(StoryServiceDefinition, 'getStory')
  async getStory({ name }: GetStoryRequest): Promise<Story> {
    return toStory(await this.ports.stories.get(name));
  }

  @RpcMethod(StoryServiceDefinition, 'listStories')
  async listStories(request: ListStoriesRequest): Promise<ListStoriesResponse> {
    const { stories, nextPageToken } = await this.ports.stories.list(request);
    return { stories: stories.map(toStory), nextPageToken };
  }

  @RpcMethod(StoryServiceDefinition, 'rateStory')
  async rateStory(request: RateStoryRequest): Promise<Story> {
    return toStory(await giveRating(request, this.ports));
  }

  @RpcMethod(StoryServiceDefinition, 'deleteStory')
  async deleteStory(request: DeleteStoryRequest): Promise<Empty> {
    await deleteStory(request, this.ports);
    return {};
  }
}
