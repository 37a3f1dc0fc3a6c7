export * from './signals.ts';
export { createLogger, flushLogger, LOG_LEVELS, type Logger, type LoggerOptions } from './logger.ts';
export { LogPages } from './log-pages.ts';
export {
  DEFAULT_BLOCKED_MS,
  watchLoop,
  type LoopBlock,
  type LoopWatch,
  type LoopWatchOptions,
} from './loop/loop-watch.ts';
export { SpanLog, type SpanLine } from './span-log.ts';
export { startTelemetry, telemetrySettings, type Telemetry, type TelemetrySettings } from './telemetry.ts';
