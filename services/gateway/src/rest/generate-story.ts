import { StoryServiceDefinition, type GenerateStoryResponse } from '@exempla/contracts/orchestrator/v1/story_service';
import type { App } from '../http/app.ts';
import { idempotencyKey } from './idempotency.ts';
import { fromStory, generateFieldNames, idOf, toGenerateRequest } from './mapping/generate-story.ts';
import type { Peers } from './peers.ts';
import { GeneratedStory, GeneratedStoryWithId, GenerateStory } from './schemas/generate-story.ts';

const config = { rpc: StoryServiceDefinition.methods.generateStory, fieldNames: generateFieldNames };

/** The two routes that write a story. Both keep it; they differ in what they answer. */
export function generateStoryRoutes(app: App, { stories }: Pick<Peers, 'stories'>): void {
  const generate = async (body: GenerateStory, headers: Parameters<typeof idempotencyKey>[0]) =>
    storyOf(await stories.generateStory(toGenerateRequest(body, idempotencyKey(headers))));

  app.post(
    '/generate-story',
    { config, schema: { body: GenerateStory, response: { 200: GeneratedStory } } },
    async ({ body, headers }) => fromStory(await generate(body, headers)),
  );
  app.post(
    '/stories/generate',
    { config, schema: { body: GenerateStory, response: { 200: GeneratedStoryWithId } } },
    async ({ body, headers }) => {
      const story = await generate(body, headers);
      return { ...fromStory(story), id: idOf(story.name), rating: story.rating ?? null };
    },
  );
}

function storyOf({ story }: GenerateStoryResponse): NonNullable<GenerateStoryResponse['story']> {
  if (!story) throw new Error('an answer without a story');
  return story;
}
