import { describe, expect, it } from '@jest/globals';
import { childTrace, createLogger, newTrace, SpanLog } from '../src/index.ts';

/** Of which nothing can be known. */
const broken = new Proxy(new Error('failed'), {
  getPrototypeOf: () => {
    throw new Error('do not look');
  },
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
    inFlight: 3,
    requestId: 'r',
    tenant: 't',
  };

  it('writes one line a span, with service and pid', () => {
    const trace = newTrace();
    const [line] = written((logger) => new SpanLog(logger).record(trace, span));
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
    const { sampled: _, ...ids } = trace;
    const [hand, whole] = written((logger) => {
      new SpanLog(logger.child({ part: 'x' })).record(trace, odd);
      logger.child({ part: 'x' }).info({ kind: 'span', ...ids, ...odd, startMs: 1, deadlineLeftMs: 100 });
    });
    expect({ ...hand, time: 0 }).toEqual({ ...whole, time: 0 });
  });

  it('writes no span below its level', () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    new SpanLog(createLogger({ service: 'test', level: 'warn', destination })).record(newTrace(), span);
    expect(lines).toEqual([]);
  });

  it('writes the share of calls that went well, chosen by trace, and every other call', () => {
    const traces = Array.from({ length: 400 }, newTrace);
    const lines = written((logger) => {
      const half = new SpanLog(logger, 0.5);
      for (const trace of traces) half.record(trace, span);
    });
    expect(lines.length).toBeGreaterThan(140);
    expect(lines.length).toBeLessThan(260);
    const again = written((logger) => {
      const half = new SpanLog(logger, 0.5);
      for (const trace of traces) half.record(childTrace(trace), span);
    });
    expect(again.map(({ traceId }) => traceId)).toEqual(lines.map(({ traceId }) => traceId));
    const errors = written((logger) => {
      const none = new SpanLog(logger, 0);
      none.record(newTrace(), span);
      none.record(newTrace(), { ...span, status: 'NOT_FOUND' });
    });
    expect(errors).toMatchObject([{ status: 'NOT_FOUND' }]);
  });

  it('adds what is known where a line is written; what the line says itself goes before it', () => {
    const lines: Record<string, unknown>[] = [];
    const logger = createLogger({
      service: 'test',
      destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
      context: () => ({ tenant: 'acme', requestId: 'r-1', password: 'hunter2' }),
    });
    logger.info({ requestId: 'own' }, 'text');
    logger.error(new Error('broken'));
    expect(lines[0]).toMatchObject({ tenant: 'acme', requestId: 'own', password: '[secret]', msg: 'text' });
    expect(lines[1]).toMatchObject({ tenant: 'acme', err: { message: 'broken' } });
  });

  it.each([
    { req: { headers: { authorization: 'hunter2' } } },
    { Authorization: 'hunter2' },
    { a: [{ b: { accessToken: 'hunter2' } }] },
    { access_token: 'hunter2', 'x-api-key': 'hunter2' },
    { databaseURL: 'hunter2', api_key: 'hunter2' },
    { err: Object.assign(new Error('failed'), { config: { headers: { Authorization: 'hunter2' } } }) },
  ])('keeps secrets out, at any depth and however they are spelt: %j', (fields) => {
    const [line] = written((logger) => logger.child({ part: 'x' }).info(fields, 'text'));
    expect(JSON.stringify(line)).not.toContain('hunter2');
    expect(JSON.stringify(line)).toContain('[secret]');
  });

  it.each([
    ['is frozen', Object.freeze(new Error('failed')), { err: { type: 'Error', message: 'failed' } }],
    ['throws when it is looked at', broken, { err: '[cannot be written]' }],
    ['is a text', 'failed', { err: 'failed' }],
  ])('writes a line whose error %s', (_, err, expected) => {
    const [line] = written((logger) => logger.error({ err, tenant: 'acme' }, 'text'));
    expect(line).toMatchObject({ tenant: 'acme', msg: 'text', ...expected });
  });

  it('writes what else there is beside a value that throws when it is looked at', () => {
    const [line] = written((logger) => logger.error({ value: broken, a: { b: broken }, tenant: 'acme' }, 'text'));
    expect(line).toMatchObject({ tenant: 'acme', msg: 'text', value: '[cannot be written]' });
  });

  it('leaves everything else as it is', () => {
    const fields = { when: new Date(0), tokens: 5, list: [1, { deep: true }], err: new Error('failed') };
    const [line] = written((logger) => logger.info(fields));
    expect(line).toMatchObject({ when: '1970-01-01T00:00:00.000Z', tokens: 5, list: [1, { deep: true }] });
    expect(line).toMatchObject({ err: { type: 'Error', message: 'failed' } });
  });

  it('keeps secrets out', () => {
    const [line] = written((logger) =>
      logger.info({ password: 'hunter2', db: { password: 'hunter2', databaseUrl: 'postgres://x:hunter2@y' } }),
    );
    expect(JSON.stringify(line)).not.toContain('hunter2');
  });
});
