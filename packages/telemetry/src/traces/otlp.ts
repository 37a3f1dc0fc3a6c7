import { SpanKind, SpanStatusCode, TraceFlags, type SpanContext } from '@opentelemetry/api';
import { ExportResultCode, millisToHrTime } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from '../logger.ts';
import type { EndedSpan, SpanExport } from './span-export.ts';

/** Statuses that say something of the server and not of the request; the rest of a server's spans are no errors. */
const SERVER_FAULTS = new Set([
  'UNKNOWN',
  'DEADLINE_EXCEEDED',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
]);
/** A collector that does not answer holds up nobody's exit for longer. */
const CLOSE_LIMIT_MS = 1_000;

/**
 * Sends spans by OTLP over gRPC, in batches, to where the `OTEL_EXPORTER_OTLP_*` variables say. A collector that is away
 * costs the spans and one line in the log, nothing else.
 */
export function otlpExport(service: string, logger: Logger): SpanExport {
  const processor = new BatchSpanProcessor({ exporter: telling(new OTLPTraceExporter(), logger) });
  const resource = resourceFromAttributes({ 'service.name': service, 'process.pid': process.pid });
  return {
    ended: (span) => {
      if (span.trace.sampled) processor.onEnd(readable(span, resource));
    },
    close: async () => {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_LIMIT_MS)));
      // What the last batch fails with has been said.
      await Promise.race([processor.shutdown().catch(() => {}), limit]);
      clearTimeout(timer);
    },
  };
}

/** Says when spans cannot be sent any more, and when they can again. */
function telling(exporter: SpanExporter, logger: Logger): SpanExporter {
  let failing = false;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.code === ExportResultCode.FAILED;
        if (failed && !failing) logger.warn({ event: 'spans-lost', err: result.error }, 'spans cannot be sent');
        if (!failed && failing) logger.info({ event: 'spans-sent' }, 'spans are sent again');
        failing = failed;
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

function readable(span: EndedSpan, resource: Resource): ReadableSpan {
  const { kind, trace, method, startMs, durationMs, status, attributes } = span;
  const context = (spanId: string): SpanContext => ({
    traceId: trace.traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
  });
  const failed = kind === 'client' ? status !== 'OK' : SERVER_FAULTS.has(status);
  const own = context(trace.spanId);
  return {
    name: method,
    kind: kind === 'client' ? SpanKind.CLIENT : SpanKind.SERVER,
    spanContext: () => own,
    ...(trace.parentSpanId ? { parentSpanContext: context(trace.parentSpanId) } : {}),
    startTime: millisToHrTime(startMs),
    endTime: millisToHrTime(startMs + durationMs),
    duration: millisToHrTime(durationMs),
    status: { code: failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    // https://opentelemetry.io/docs/specs/semconv/rpc/grpc/
    attributes: { 'rpc.system.name': 'grpc', 'rpc.method': method, 'rpc.response.status_code': status, ...attributes },
    ended: true,
    resource,
    instrumentationScope: { name: 'exempla' },
    links: [],
    events: [],
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}
