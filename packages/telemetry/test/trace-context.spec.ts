import { describe, expect, it } from '@jest/globals';
import { childTrace, createLogger, formatTraceparent, newTrace, parseTraceparent, recordSpan } from '../src/index.ts';

describe('trace context', () => {
  it('travels through a header', () => {
    const trace = newTrace();
    expect(parseTraceparent(formatTraceparent(trace))).toEqual({ traceId: trace.traceId, spanId: trace.spanId });
  });

  it.each([`01-${'a'.repeat(32)}-${'b'.repeat(16)}-00`, `cc-${'a'.repeat(32)}-${'b'.repeat(16)}-01-what-comes-later`])(
    'takes %s, of a version to come',
    (header) => {
      expect(parseTraceparent(header)).toEqual({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) });
    },
  );

  it('no two are the same, over many draws', () => {
    const traces = Array.from({ length: 2_000 }, newTrace);
    expect(new Set(traces.map(({ traceId }) => traceId)).size).toBe(2_000);
    expect(new Set(traces.map(({ spanId }) => spanId)).size).toBe(2_000);
    for (const { traceId, spanId } of traces) expect(`${traceId}-${spanId}`).toMatch(/^[0-9a-f]{32}-[0-9a-f]{16}$/);
  });

  it('a child keeps the trace and names its parent', () => {
    const parent = newTrace();
    const child = childTrace(parent);
    expect(child).toMatchObject({ traceId: parent.traceId, parentSpanId: parent.spanId });
    expect(child.spanId).not.toBe(parent.spanId);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`,
    `00-${'a'.repeat(32)}-${'0'.repeat(16)}-01`,
    `00-${'A'.repeat(32)}-${'b'.repeat(16)}-01`,
    `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01-more`,
    `01-${'a'.repeat(32)}-${'b'.repeat(16)}-01more`,
  ])('%j names nobody', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});

describe('logger', () => {
  const written = (log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] => {
    const lines: Record<string, unknown>[] = [];
    log(
      createLogger({
        service: 'test',
        destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
      }),
    );
    return lines;
  };

  const span = {
    method: 'a.B/C',
    startMs: 1.00049,
    durationMs: 2,
    deadlineLeftMs: 99.6,
    deadlineRemainingMs: -1,
    status: 'OK',
    requestId: 'r',
    tenant: 't',
  };

  it('writes one line a span, with service and pid', () => {
    const trace = newTrace();
    const [line] = written((logger) => recordSpan(logger, trace, span));
    expect(line).toMatchObject({
      kind: 'span',
      service: 'test',
      pid: process.pid,
      traceId: trace.traceId,
      deadlineLeftMs: 100,
      startMs: 1,
    });
  });

  it('writes the fields of a span in the form of every other line', () => {
    const odd = { ...span, requestId: '"}\\', tenant: 'a"b' };
    const trace = childTrace(newTrace());
    const [hand, whole] = written((logger) => {
      recordSpan(logger.child({ part: 'x' }), trace, odd);
      logger.child({ part: 'x' }).info({ kind: 'span', ...trace, ...odd, startMs: 1, deadlineLeftMs: 100 });
    });
    expect({ ...hand, time: 0 }).toEqual({ ...whole, time: 0 });
  });

  it('writes no span below its level', () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    recordSpan(createLogger({ service: 'test', level: 'warn', destination }), newTrace(), span);
    expect(lines).toEqual([]);
  });

  it('keeps secrets out', () => {
    const [line] = written((logger) =>
      logger.info({ password: 'hunter2', db: { password: 'hunter2', databaseUrl: 'postgres://x:hunter2@y' } }),
    );
    expect(JSON.stringify(line)).not.toContain('hunter2');
  });
});
