import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { fileURLToPath } from 'node:url';

const FILES = fileURLToPath(new URL('../../page/', import.meta.url));

/** The story page at `/`: the files of services/gateway/page/. */
export const pageDoor = (): FastifyPluginAsync => async (scope) => {
  await scope.register(fastifyStatic, {
    root: FILES,
    // Only files that are there are routes; every other path is a problem, as everywhere.
    wildcard: false,
    cacheControl: false,
    // The same name is the same file until the next version: browsers ask, and are told 304 by its ETag.
    setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
  });
};
