import { StoryServiceDefinition } from '@exempla/contracts/orchestrator/v1/story_service';
import type { App } from '../http/app.ts';
import { fromStory } from './mapping/story.ts';
import { nameOf } from './mapping/names.ts';
import type { Peers } from './peers.ts';
import { ifMatch } from './preconditions.ts';
import { ById, Nothing } from './schemas/parts.ts';
import { Rating, StoredStory, StoryPage, StoryQuery } from './schemas/stories.ts';

const { listStories, getStory, rateStory, deleteStory } = StoryServiceDefinition.methods;
const tags = ['stories'];

/** Stories that are kept. */
export function storyRoutes(app: App, { stories }: Pick<Peers, 'stories'>): void {
  app.get(
    '/stories',
    {
      config: { rpc: listStories },
      schema: {
        operationId: 'listStories',
        tags,
        summary: 'Stories, newest first',
        querystring: StoryQuery,
        response: { 200: StoryPage },
      },
    },
    async ({ query }) => {
      const answer = await stories.listStories({
        pageSize: query.page_size ?? 0,
        pageToken: query.page_token ?? '',
        child: nameOf('children', query.child_id),
        childName: query.child_name ?? '',
        language: query.language ?? '',
      });
      return { stories: answer.stories.map(fromStory), next_page_token: answer.nextPageToken };
    },
  );
  app.get(
    '/stories/:id',
    {
      config: { rpc: getStory },
      schema: { operationId: 'getStory', tags, summary: 'One story', params: ById, response: { 200: StoredStory } },
    },
    async ({ params }) => fromStory(await stories.getStory({ name: nameOf('stories', params.id) })),
  );
  app.post(
    '/stories/:id/rate',
    {
      config: { rpc: rateStory },
      schema: {
        operationId: 'rateStory',
        tags,
        summary: 'Rates a story; a second rating takes the place of the first',
        params: ById,
        body: Rating,
        response: { 200: StoredStory },
      },
    },
    async ({ params, body }) =>
      fromStory(await stories.rateStory({ name: nameOf('stories', params.id), rating: body.rating })),
  );
  app.delete(
    '/stories/:id',
    {
      config: { rpc: deleteStory, reads: ['if-match'] },
      schema: {
        operationId: 'deleteStory',
        tags,
        summary: 'Removes a story and its sound',
        params: ById,
        response: { 204: Nothing },
      },
    },
    async ({ params, headers }, reply) => {
      await stories.deleteStory({ name: nameOf('stories', params.id), etag: ifMatch(headers) });
      return reply.code(204).send(null);
    },
  );
}
