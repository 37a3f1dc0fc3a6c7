import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** The page's own files and nothing else; sound may also be what the page fetched with its credential. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'media-src': ["'self'", 'blob:'],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/** What a page of another origin may send, and see. */
const ALLOWED = [
  ...['authorization', 'content-type', 'if-match', 'if-none-match', 'if-range', 'range', 'traceparent', 'x-api-key'],
  ...['x-request-id', 'exempla-timeout-ms', 'idempotency-key', 'connect-protocol-version', 'connect-timeout-ms'],
  ...['grpc-timeout', 'x-grpc-web', 'x-user-agent'],
];
const EXPOSED = [
  ...['accept-ranges', 'content-range', 'etag', 'retry-after', 'x-request-id'],
  ...['grpc-status', 'grpc-message', 'grpc-status-details-bin'],
];
const PREFLIGHT_S = 600;

/** Headers that keep browsers safe, caches empty, and pages of other origins out unless they are named in `origins`. */
export async function keepBrowsersSafe(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  // Caches on the way know `authorization`, and not `x-api-key`. What may be kept, such as the files of the page, says so itself.
  app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    referrerPolicy: { policy: 'no-referrer' },
  });
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    allowedHeaders: ALLOWED,
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_S,
  });
}
