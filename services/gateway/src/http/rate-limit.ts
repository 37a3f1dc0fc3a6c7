import rateLimit from '@fastify/rate-limit';
import { status, StatusError } from '@exempla/rpc';
import type { FastifyInstance } from 'fastify';

/** So many requests a minute for each credential of this scope; 0 sets no limit. */
export async function limitRate(scope: FastifyInstance, perMinute: number): Promise<void> {
  if (perMinute === 0) return;
  await scope.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    // Runs after the credential of the scope is verified: hooks of a route come behind those of its scope.
    keyGenerator: ({ call: { context } }) => `${context.tenant}/${context.subject}`,
    errorResponseBuilder: (_request, { max, ttl }) =>
      new StatusError(status.RESOURCE_EXHAUSTED, 'RATE_LIMITED', `more than ${max} requests in a minute`, {
        retryAfterMs: ttl,
        metadata: { per_minute: String(max) },
      }),
  });
}
