import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

export interface LoggerOptions {
  /** Name of the service; a field of every line. */
  service: string;
  /** `trace`, `debug`, `info` (default), `warn`, `error`, `silent`. */
  level?: string;
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream;
}

/** Lines that wait for a reader who does not read; those beyond are dropped, memory is not. */
const MAX_WAITING_CHARACTERS = 8 << 20;

/** Lines are handed to the operating system by the page: a write for each would cost more than all else a call's line does. */
const PAGE_CHARACTERS = 8 << 10;
/** A line that stands alone waits this long at most. */
const FLUSH_MS = 50;

const ASYNCHRONOUS = {
  sync: false,
  minLength: PAGE_CHARACTERS,
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
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  return pino(
    { level, base: { service, pid: process.pid }, redact: { paths: SECRET_PATHS, censor: '[secret]' } },
    destination ?? pino.destination({ dest: 1, ...ASYNCHRONOUS }),
  );
}

/** Resolves when every line logged so far has been handed to the operating system. */
export function flushLogger(logger: Logger): Promise<void> {
  return new Promise((resolve) => {
    logger.flush(() => resolve());
  });
}
