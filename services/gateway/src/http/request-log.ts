import type { Logger } from '@exempla/telemetry';
import type { FastifyInstance } from 'fastify';

/** What a request is answered with when nobody is there to answer. */
const CLIENT_GONE = 499;

/** One line for each request, when its answer has been sent or its client is gone. */
export function logRequests(app: FastifyInstance, logger: Logger): void {
  app.addHook('onRequest', (request, reply, done) => {
    const startMs = performance.now();
    reply.raw.once('close', () => {
      const { method, tenant, requestId, traceId, deadline } = request.call.context;
      logger.info({
        event: 'request',
        method,
        status: reply.raw.writableFinished ? reply.statusCode : CLIENT_GONE,
        durationMs: Math.round(performance.now() - startMs),
        deadlineRemainingMs: Math.round(deadline.remainingMs()),
        tenant,
        requestId,
        traceId,
      });
    });
    done();
  });
}
