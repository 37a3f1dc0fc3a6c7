import type { FastifyPluginAsync } from 'fastify';
import type { App } from '../http/app.ts';
import { audioRoutes } from './audio.ts';
import { childRoutes } from './children.ts';
import { definitionRoutes } from './definitions.ts';
import { generateStoryRoutes } from './generate-story.ts';
import { heroRoutes } from './heroes.ts';
import type { Peers } from './peers.ts';
import { storyRoutes } from './stories.ts';
import { usageRoutes } from './usage.ts';
import { voiceRoutes } from './voices.ts';

const ROUTES = [
  generateStoryRoutes,
  storyRoutes,
  audioRoutes,
  childRoutes,
  heroRoutes,
  definitionRoutes,
  voiceRoutes,
  usageRoutes,
] as const;

/** REST for stories, children, heroes and definitions, below `/api/v1`. */
export const restDoor =
  (peers: Peers): FastifyPluginAsync =>
  async (scope) => {
    await scope.register(
      async (app) => {
        for (const routes of ROUTES) routes(app as App, peers);
      },
      { prefix: '/api/v1' },
    );
  };
