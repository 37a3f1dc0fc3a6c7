export { createLogger, flushLogger, type Logger, type LoggerOptions } from './logger.ts';
export { preciseNow, recordSpan, type SpanLine } from './span-line.ts';
export { childTrace, formatTraceparent, newTrace, parseTraceparent, type TraceContext } from './trace-context.ts';
