import type { LoggerService } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { startTelemetry, telemetrySettings, type Logger, type Telemetry } from '@exempla/telemetry';
import { limitsFrom } from './server/server-limits.ts';
import { rpcEnvironment } from './identity/environment.ts';
import type { Dependency, DependencyTimes } from './server/dependencies.ts';
import { RpcServer, type RpcServerOptions } from './server/rpc-server.ts';
import { plainHandlers } from './server/plain-handlers.ts';
import { refuseSilentPipes } from './server/silent-pipes.ts';
import { markServing } from './serving.ts';
import { live, serviceLogger } from './process-life.ts';
import { ownVersion } from './version.ts';
import type { Settings } from './settings.ts';

export interface ServeOptions extends Omit<RpcServerOptions, 'identity' | 'reflection' | 'credentials' | 'logger'> {
  /** The Nest module with the controllers. */
  module: Parameters<typeof NestFactory.createMicroservice>[0];
  /** Callers get this long to turn elsewhere before calls are refused. Default 100 ms. */
  drainNoticeMs?: number;
  /** Calls under way get this long to finish. Default 5 s. */
  drainLimitMs?: number;
  /** What the service cannot do without, of the module's providers: health is NOT_SERVING while it is away. */
  dependencies?: (get: <T>(token: abstract new (...args: never[]) => T) => T) => readonly Dependency[];
  dependencyTimes?: DependencyTimes;
  logger?: Logger;
  env?: NodeJS.ProcessEnv;
}

export interface RunningServer {
  readonly port: number;
  /** Where `/metrics` is served; undefined when `EXEMPLA_METRICS_PORT` is not set. */
  readonly metricsPort: number | undefined;
  readonly logger: Logger;
  /** Calls being served now, and those whose answer is still on its way. */
  inFlight(): number;
  /** Calls refused because the server was full. */
  refused(): number;
  /** Drains, closes the module and resolves when nothing is left. */
  stop(): Promise<void>;
}

/** Starts a service and returns when it listens. For programs and tests; `serve` adds signals and the exit code. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { module, drainNoticeMs = 100, drainLimitMs = 5_000, env, dependencies, dependencyTimes, ...rest } = options;
  const variables = env ?? process.env;
  const logger = options.logger ?? serviceLogger(options.service, variables.EXEMPLA_LOG_LEVEL ?? 'info');
  const observed = telemetrySettings(variables);
  const { okSpanShare } = observed;
  const server = new RpcServer({
    ...limitsFrom(env),
    okSpanShare,
    version: await ownVersion(),
    ...rest,
    ...(await rpcEnvironment(env)),
    logger,
  });
  const app = await NestFactory.createMicroservice(module, {
    strategy: server,
    logger: nestLogger(logger),
    abortOnError: false,
  });
  let telemetry: Telemetry | undefined;
  try {
    const modules = app.get(ModulesContainer);
    refuseSilentPipes(modules);
    server.callDirectly(plainHandlers(modules));
    telemetry = await startTelemetry(options.service, observed, logger);
    if (dependencies)
      server.dependOn(
        dependencies((token) => app.get(token as never)),
        dependencyTimes,
      );
    await app.listen();
  } catch (error) {
    await app.close();
    await telemetry?.close();
    throw error;
  }
  const { metricsPort } = telemetry;
  const unmark = markServing(options.service);
  logger.info({ event: 'listening', host: options.host, port: server.port, ...(metricsPort ? { metricsPort } : {}) });
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    const ended = await server.drain({ noticeMs: drainNoticeMs, limitMs: drainLimitMs });
    await app.close();
    await telemetry.close();
    unmark();
    logger.info({ event: 'stopped', callsEnded: ended });
  };
  return {
    port: server.port,
    metricsPort,
    logger,
    inFlight: () => server.inFlight,
    refused: () => server.refused,
    stop: () => (stopping ??= stop()),
  };
}

/** What a service is made of, once its settings are read. */
export type SetUp = (
  settings: Settings,
  logger: Logger,
) => Promise<Omit<ServeOptions, 'service' | 'logger'>> | Omit<ServeOptions, 'service' | 'logger'>;

/** The life of the process of a gRPC service; see `live`. */
export const serve = (service: string, setUp: SetUp): Promise<void> =>
  live(service, async (settings, logger) => {
    const options = await setUp(settings, logger);
    return () => startServer({ ...options, service, logger });
  });

/** Nest's own lines, below the service's. */
function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message: unknown) => logger.debug(String(message)),
    warn: (message: unknown) => logger.warn(String(message)),
    error: (message: unknown, ...rest: unknown[]) =>
      logger.error({ detail: rest.map(String).join(' ') }, String(message)),
  };
}
