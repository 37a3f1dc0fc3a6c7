import { LABELS, METRICS, preciseNow, processMetrics, SPAN, spanExport, type Logger } from '@exempla/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { grpcNameOf } from './problem.ts';

/** What a request is answered with when nobody is there to answer. */
const CLIENT_GONE = 499;

/** Tells of each request when its answer has been sent or its client is gone: a line, a metric, and a span where wanted. */
export function recordRequests(app: FastifyInstance, logger: Logger): void {
  app.addHook('onRequest', (request, reply, done) => {
    const startMs = preciseNow();
    reply.raw.once('close', () => record({ request, reply, startMs }, logger));
    done();
  });
}

interface Ended {
  request: FastifyRequest;
  reply: FastifyReply;
  startMs: number;
}

function record({ request, reply, startMs }: Ended, logger: Logger): void {
  const { method, tenant, requestId, traceId, trace, deadline } = request.call.context;
  const status = reply.raw.writableFinished ? reply.raw.statusCode : CLIENT_GONE;
  const durationMs = preciseNow() - startMs;
  const deadlineRemainingMs = Math.round(deadline.remainingMs());
  logger.info({
    event: 'request',
    method,
    status,
    durationMs: Math.round(durationMs),
    deadlineRemainingMs,
    tenant,
    requestId,
    traceId,
  });
  // Routes, not paths: callers decide how many of those there are.
  const route = request.routeOptions.url ?? 'unknown';
  const labels = {
    [LABELS.httpMethod]: request.method,
    [LABELS.httpRoute]: route,
    [LABELS.httpStatus]: String(status),
  };
  processMetrics.histogram(METRICS.httpDuration, labels).record(durationMs / 1_000);
  spanExport()?.ended({
    kind: 'server',
    trace,
    method,
    startMs,
    durationMs,
    status: grpcNameOf(status),
    attributes: {
      ...labels,
      [SPAN.deadlineRemaining]: deadlineRemainingMs,
      [SPAN.requestId]: requestId,
      [SPAN.tenant]: tenant,
    },
  });
}
