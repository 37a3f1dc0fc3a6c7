import { createLogger, type Logger, type SpanLine } from '@exempla/telemetry';

export interface RecordingLogger {
  logger: Logger;
  /** Every line, parsed. */
  lines: Record<string, unknown>[];
  /** The lines that are spans of served calls. */
  spans(): (SpanLine & { service: string; pid: number })[];
}

/** A logger that keeps its lines in memory. */
export function recordingLogger(service: string): RecordingLogger {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  const logger = createLogger({ service, level: 'debug', destination });
  const spans = (): ReturnType<RecordingLogger['spans']> =>
    lines.filter((line) => line.kind === 'span') as unknown as ReturnType<RecordingLogger['spans']>;
  return { logger, lines, spans };
}
