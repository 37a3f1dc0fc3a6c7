import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../http/app.ts';
import { generateStoryRoutes } from './generate-story.ts';
import type { Peers } from './peers.ts';

/** REST for stories, children, heroes and definitions, below `/api/v1`. */
export const restDoor =
  (peers: Peers): FastifyPluginAsync =>
  async (scope) => {
    await scope.register(
      async (routes) => {
        generateStoryRoutes(routes as App, peers);
      },
      { prefix: '/api/v1' },
    );
  };
