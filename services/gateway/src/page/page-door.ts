import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { fileURLToPath } from 'node:url';

const FILES = fileURLToPath(new URL('../../page/', import.meta.url));

/** Nothing from elsewhere, nothing inline, nothing embedded: what a text says is never run. */
const HEADERS = {
  'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The story page at `/`: the files of services/gateway/page/. Names stay, so a browser asks each time (304 by ETag). */
export const pageDoor = (): FastifyPluginAsync => async (scope) => {
  await scope.register(fastifyStatic, {
    root: FILES,
    // Only files that are there are routes; every other path is a problem, as everywhere.
    wildcard: false,
    cacheControl: false,
    setHeaders: (reply) => {
      reply.headers({ ...HEADERS, 'cache-control': 'no-cache' });
    },
  });
};
