import { METRICS, type MetricName, type MetricRegistry } from '@exempla/telemetry';

/** What a server knows of itself at any moment. */
export interface ServerState {
  inFlight(): number;
  readonly limit: number;
  watches(): number;
  refused(): number;
  serving(): boolean;
}

/** Shows the state of a server to whoever reads the metrics; the result takes it back. */
export function observeServer(registry: MetricRegistry, server: ServerState): () => void {
  const gauge = (metric: MetricName, read: () => number): (() => void) =>
    registry.observe(metric, () => [{ value: read() }]);
  const stops = [
    gauge(METRICS.serverInFlight, () => server.inFlight()),
    gauge(METRICS.serverInFlightLimit, () => server.limit),
    gauge(METRICS.serverWatches, () => server.watches()),
    gauge(METRICS.serverServing, () => (server.serving() ? 1 : 0)),
    registry.observe(METRICS.serverRefused, () => [{ value: server.refused() }], 'counter'),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
