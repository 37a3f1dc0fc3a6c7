import type { IncomingHttpHeaders } from 'node:http';
import { StoryServiceDefinition, type GenerateStoryRequest } from '@exempla/contracts/orchestrator/v1/story_service';
import type { PartialMessage } from '@exempla/rpc';
import type { App } from '../http/app.ts';
import { eventStream, EVENT_STREAM } from '../http/event-stream.ts';
import { fromGenerated, fromGeneratedWithId, storyFieldNames, toGenerateRequest } from './mapping/story.ts';
import type { Peers } from './peers.ts';
import { idempotencyKey } from './preconditions.ts';
import { GeneratedStory, GeneratedStoryWithId, GenerateStory } from './schemas/generate-story.ts';
import { storyEvents } from './story-events.ts';
import { voiceOf } from './voices.ts';

const config = {
  rpc: StoryServiceDefinition.methods.generateStory,
  fieldNames: storyFieldNames,
  reads: ['idempotency-key'] as const,
};

/** The two routes that write a story. Both keep it; they differ in what they answer. */
export function generateStoryRoutes(app: App, { stories, speech }: Pick<Peers, 'stories' | 'speech'>): void {
  const requestOf = async (
    body: GenerateStory,
    headers: IncomingHttpHeaders,
  ): Promise<PartialMessage<GenerateStoryRequest>> => ({
    ...toGenerateRequest(body),
    voice: await voiceOf(body, speech),
    requestId: idempotencyKey(headers),
  });

  app.post(
    '/generate-story',
    { config, schema: { ...about('generateStory'), response: { 200: GeneratedStory } } },
    async ({ body, headers }) => {
      return fromGenerated(await stories.generateStory(await requestOf(body, headers)));
    },
  );
  app.post(
    '/stories/generate',
    {
      config: { ...config, media: { 200: EVENT_STREAM } },
      schema: { ...about('generateKeptStory'), response: { 200: GeneratedStoryWithId } },
    },
    async ({ body, headers, routeOptions }, reply) => {
      const request = await requestOf(body, headers);
      if (headers.accept?.includes(EVENT_STREAM)) {
        const events = storyEvents(stories.streamGenerateStory({ request }), body.generate_audio === true);
        return eventStream(reply, events, routeOptions.config.fieldNames);
      }
      return fromGeneratedWithId(await stories.generateStory(request));
    },
  );
}

const about = (operationId: string) => ({
  operationId,
  tags: ['stories'],
  summary: 'Writes a story, keeps it, and reads it aloud when asked',
  body: GenerateStory,
});
