import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger, flushLogger, type Logger } from '@exempla/telemetry';
import { limitsFrom } from './server/server-limits.ts';
import { rpcEnvironment } from './identity/environment.ts';
import { useChannelCredentials } from './client/channel.ts';
import type { Dependency, DependencyTimes } from './server/dependencies.ts';
import { RpcServer, type RpcServerOptions } from './server/rpc-server.ts';
import { Settings } from './settings.ts';
import { channelCredentials } from './tls.ts';

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
  const logger =
    options.logger ??
    createLogger({ service: options.service, level: (env ?? process.env).EXEMPLA_LOG_LEVEL ?? 'info' });
  const server = new RpcServer({ ...limitsFrom(env), ...rest, ...(await rpcEnvironment(env)), logger });
  const app = await NestFactory.createMicroservice(module, {
    strategy: server,
    logger: nestLogger(logger),
    abortOnError: false,
  });
  try {
    if (dependencies)
      server.dependOn(
        dependencies((token) => app.get(token as never)),
        dependencyTimes,
      );
    await app.listen();
  } catch (error) {
    await app.close();
    throw error;
  }
  logger.info({ event: 'listening', host: options.host, port: server.port });
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    const ended = await server.drain({ noticeMs: drainNoticeMs, limitMs: drainLimitMs });
    await app.close();
    logger.info({ event: 'stopped', callsEnded: ended });
  };
  return {
    port: server.port,
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

/**
 * The life of a service process: read settings, start, listen, and on SIGTERM or SIGINT drain and exit 0. A service that
 * cannot start says why and exits 1. `--print-config` prints the settings, secrets masked, and exits 0.
 */
export async function serve(service: string, setUp: SetUp): Promise<void> {
  const settings = new Settings(service);
  const logger = createLogger({ service, level: settings.text('EXEMPLA_LOG_LEVEL', 'info') });
  const exit = async (code: number): Promise<never> => {
    await flushLogger(logger);
    process.exit(code);
  };
  try {
    useChannelCredentials(await channelCredentials(process.env));
    const options = await setUp(settings, logger);
    if (process.argv.includes('--print-config')) {
      process.stdout.write(settings.print());
      return await exit(0);
    }
    warnOfUnknown(settings, logger);
    const running = await startServer({ ...options, service, logger });
    const end = (): void =>
      void running.stop().then(
        () => exit(0),
        (error: unknown) => {
          logger.fatal({ event: 'stop-failed', err: error }, 'the service did not stop cleanly');
          return exit(1);
        },
      );
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
  } catch (error) {
    logger.fatal({ event: 'start-failed', err: error }, error instanceof Error ? error.message : String(error));
    await exit(1);
  }
}

function warnOfUnknown(settings: Settings, logger: Logger): void {
  for (const { name, nearest } of settings.unknown())
    logger.warn({ event: 'unknown-variable', name, nearest }, `${name} is not known: did you mean ${nearest}?`);
}

/** Nest's own lines, below the service's. */
function nestLogger(logger: Logger): LoggerService {
  return {
    log: (message: unknown) => logger.debug(String(message)),
    warn: (message: unknown) => logger.warn(String(message)),
    error: (message: unknown, ...rest: unknown[]) =>
      logger.error({ detail: rest.map(String).join(' ') }, String(message)),
  };
}
