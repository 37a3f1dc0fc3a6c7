import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { LogPages } from './log-pages.ts';

export type Logger = PinoLogger;

export interface LoggerOptions {
  /** Name of the service; a field of every line. */
  service: string;
  /** `trace`, `debug`, `info` (default), `warn`, `error`, `silent`. */
  level?: string;
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream;
  /** Asked with every line: what is known where it is written, such as whose call it is. */
  context?: () => Record<string, unknown>;
}

/** Field names whose values never reach a log. */
const SECRET_PATHS = ['password', 'token', 'authorization', 'apiKey', 'secret', 'databaseUrl'].flatMap((name) => [
  name,
  `*.${name}`,
]);

/**
 * A JSON-lines logger. Lines are written asynchronously (a full pipe must not stop the event loop), so a process that
 * is about to exit calls `flushLogger` first.
 */
export function createLogger({ service, level = 'info', destination, context }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { service, pid: process.pid },
      redact: { paths: SECRET_PATHS, censor: '[secret]' },
      // pino lets what a line says itself go before it.
      ...(context ? { mixin: context } : {}),
    },
    destination ?? new LogPages(1),
  );
}

/** Resolves when every line logged so far has been handed to the operating system. */
export function flushLogger(logger: Logger): Promise<void> {
  return new Promise((resolve) => {
    logger.flush(() => resolve());
  });
}
