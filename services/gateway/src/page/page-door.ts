import type { FastifyPluginAsync } from 'fastify';

/** The story page at `/`: the files of services/gateway/page/. */
export const pageDoor = (): FastifyPluginAsync => async () => {};
