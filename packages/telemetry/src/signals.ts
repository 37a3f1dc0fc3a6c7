// Metrics and traces, which calls have; the log, which services have, is not loaded with them.
export { Counter, Histogram } from './metrics/histogram.ts';
export { MetricRegistry, processMetrics, type Labels, type Observation, type Point } from './metrics/registry.ts';
export { LABELS, METRICS, SPAN, type MetricName } from './names.ts';
export { preciseNow } from './precise-now.ts';
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
