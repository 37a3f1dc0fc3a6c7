import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { METRICS, processMetrics, startTelemetry, type Logger, type TelemetrySettings } from '@exempla/telemetry';
import type { Edge } from './app.ts';

export interface ListenOptions {
  service: string;
  host: string;
  port: number;
  logger: Logger;
  telemetry: TelemetrySettings;
  /** Callers get this long to turn elsewhere. Default 100 ms. */
  drainNoticeMs?: number;
  /** Requests under way get this long to finish. Default 5 s. */
  drainLimitMs?: number;
}

export interface RunningEdge {
  readonly port: number;
  stop(): Promise<void>;
}

/** What was ended gets this long to say so. */
const FORCED_END_MS = 250;

/** Listens until it is told to stop; then it drains. */
export async function listen(edge: Edge, options: ListenOptions): Promise<RunningEdge> {
  const { app } = edge;
  const { service, host, port, logger } = options;
  const telemetry = await startTelemetry(service, options.telemetry, logger);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await Promise.all([app.close(), telemetry.close()]);
    throw error;
  }
  const bound = (app.server.address() as AddressInfo).port;
  const { metricsPort } = telemetry;
  const stopObserving = processMetrics.observe(METRICS.serverInFlight, () => [{ value: edge.calls.size }]);
  logger.info({ event: 'listening', host, port: bound, ...(metricsPort ? { metricsPort } : {}) });
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    const ended = await drain(edge, options);
    stopObserving();
    await telemetry.close();
    logger.info({ event: 'stopped', callsEnded: ended });
  };
  return { port: bound, stop: () => (stopping ??= stop()) };
}

/** `/readyz` refuses, callers turn elsewhere, requests under way finish or are ended. Returns how many had to be ended. */
async function drain(
  { app, calls, readiness }: Edge,
  { drainNoticeMs = 100, drainLimitMs = 5_000 }: ListenOptions,
): Promise<number> {
  readiness.end();
  await delay(drainNoticeMs);
  const closed = app.close();
  await Promise.race([closed, delay(drainLimitMs, undefined, { ref: false })]);
  const left = calls.size;
  calls.endAll();
  if (left > 0) await Promise.race([closed, delay(FORCED_END_MS)]);
  // Somebody may keep a connection that nothing is left on.
  app.server.closeAllConnections();
  await closed;
  return left;
}
