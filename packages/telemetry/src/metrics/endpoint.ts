import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { metricProducer } from './producer.ts';
import { observeProcess } from './process-metrics.ts';
import type { MetricRegistry } from './registry.ts';

export interface MetricsEndpointOptions {
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  /** Name of the service; label of `target_info`. */
  readonly service: string;
  readonly registry: MetricRegistry;
}

export interface MetricsEndpoint {
  readonly port: number;
  close(): Promise<void>;
}

const PATH = '/metrics';
/** Of one who reads the metrics: nobody needs longer to ask, or more connections. */
const REQUEST_MS = 5_000;
const MAX_CONNECTIONS = 32;

/**
 * Serves the metrics of this process at `/metrics`, as text for Prometheus. Its own small HTTP server and not that of the
 * exporter, which takes any method, has no limits, and no port of the operating system's choice.
 */
export async function serveMetrics(options: MetricsEndpointOptions): Promise<MetricsEndpoint> {
  const { service, registry } = options;
  const exporter = new PrometheusExporter({
    preventServerStart: true,
    withoutScopeInfo: true,
    metricProducers: [metricProducer(registry)],
  });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    readers: [exporter],
  });
  const stopObserving = observeProcess(registry);
  const server = createServer(
    { requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS },
    answer((request, response) => exporter.getMetricsRequestHandler(request, response)),
  );
  server.maxConnections = MAX_CONNECTIONS;
  const close = async (): Promise<void> => {
    stopObserving();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
    await provider.shutdown();
  };
  try {
    return { port: await listen(server, options), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const answer =
  (metrics: RequestListener): RequestListener =>
  (request, response) => {
    // A body is not read; the connection does not wait for it either.
    if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET', connection: 'close' }).end();
    } else if (request.url?.split('?', 1)[0] === PATH) metrics(request, response);
    else response.writeHead(404, { 'content-type': 'text/plain' }).end(`metrics are at ${PATH}\n`);
  };

function listen(server: Server, { host, port }: MetricsEndpointOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(`metrics cannot be served at ${host}:${port}: ${error.message}`, { cause: error })),
    );
    server.listen({ host, port }, () => resolve((server.address() as AddressInfo).port));
  });
}
