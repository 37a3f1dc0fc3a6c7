export { createLogger, flushLogger, type Logger, type LoggerOptions } from './logger.ts';
export { LogPages } from './log-pages.ts';
export {
  DEFAULT_BLOCKED_MS,
  watchLoop,
  type LoopBlock,
  type LoopWatch,
  type LoopWatchOptions,
} from './loop/loop-watch.ts';
export { Counter, Histogram } from './metrics/histogram.ts';

export { MetricRegistry, processMetrics, type Labels, type Observation, type Point } from './metrics/registry.ts';
export { LABELS, METRICS, SPAN, type MetricName } from './names.ts';
export { preciseNow, SpanLog, type SpanLine } from './span-log.ts';
export { startTelemetry, telemetrySettings, type Telemetry, type TelemetrySettings } from './telemetry.ts';
export {
  childTrace,
  formatTraceparent,
  inShare,
  newTrace,
  parseTraceparent,
  sampleRoots,
  type TraceContext,
} from './trace-context.ts';
export { exportSpansTo, spanExport, type EndedSpan, type SpanExport } from './traces/span-export.ts';
