import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

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

/** Lines that wait for a reader who does not read; those beyond are dropped, memory is not. */
const MAX_WAITING_CHARACTERS = 8 << 20;

/**
 * Lines are handed to the operating system by the page: writing goes through a thread, and waking that costs as much as ten
 * lines. Pages of 8 KiB were measured at 6 µs a line, these at 0.5.
 */
const PAGE_CHARACTERS = 64 << 10;
/** A line that stands alone waits this long at most. */
const FLUSH_MS = 50;

const ASYNCHRONOUS = {
  sync: false,
  minLength: PAGE_CHARACTERS,
  maxWrite: 2 * PAGE_CHARACTERS,
  periodicFlush: FLUSH_MS,
  maxLength: MAX_WAITING_CHARACTERS,
} as const;

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
    destination ?? logDestination(1),
  );
}

/** Where lines go to a file, a pipe or a terminal without anybody waiting: a path, or the number of an open file. */
export function logDestination(dest: string | number): DestinationStream {
  return pino.destination({ dest, ...ASYNCHRONOUS });
}

/** Resolves when every line logged so far has been handed to the operating system. */
export function flushLogger(logger: Logger): Promise<void> {
  return new Promise((resolve) => {
    logger.flush(() => resolve());
  });
}
