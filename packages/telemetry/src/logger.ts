import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { LogPages } from './log-pages.ts';
import { writable, writableError } from './writable.ts';

export type Logger = PinoLogger;

/** From the most that is logged to nothing. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export interface LoggerOptions {
  /** Name of the service; a field of every line. */
  service: string;
  /** One of `LOG_LEVELS`; `info` when absent. */
  level?: string;
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream;
  /** Asked with every line: what is known where it is written, such as whose call it is. */
  context?: () => Record<string, unknown>;
}

/**
 * A JSON-lines logger. Lines are written asynchronously (a full pipe must not stop the event loop), so a process that
 * is about to exit calls `flushLogger` first.
 */
export function createLogger({ service, level = 'info', destination, context }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { service, pid: process.pid },
      formatters: { log: writable },
      serializers: { err: writableError },
      // pino lets what a line says itself go before it.
      ...(context ? { mixin: context } : {}),
    },
    destination ?? new LogPages(1),
  );
}

/**
 * Resolves with true when every line logged so far has been handed to the operating system, and with false when its reader
 * stood still for two seconds: then a thread is stuck in a write, and the process cannot end by itself any more.
 */
export function flushLogger(logger: Logger): Promise<boolean> {
  return new Promise((resolve) => {
    logger.flush((error) => resolve(!error));
  });
}
