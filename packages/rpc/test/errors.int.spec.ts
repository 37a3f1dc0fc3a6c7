import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { RemoteError } from '../src/index.ts';
import { decodeDetails } from '../src/rich-status.ts';
import { SECRET } from './probe-behaviours.ts';
import { askBytes, bareAsk, failure, startProbe, type ProbeSetup } from './probe-server.ts';

interface Row {
  behaviour: string;
  code: keyof typeof status;
  reason: string;
  logged?: boolean;
}

const rows: Row[] = [
  { behaviour: 'bug', code: 'INTERNAL', reason: 'INTERNAL', logged: true },
  { behaviour: 'throw-string', code: 'INTERNAL', reason: 'INTERNAL', logged: true },
  { behaviour: 'frozen-error', code: 'INTERNAL', reason: 'INTERNAL', logged: true },
  { behaviour: 'unlisted', code: 'INTERNAL', reason: 'INTERNAL', logged: true },
  { behaviour: 'inherited-reason', code: 'INTERNAL', reason: 'INTERNAL', logged: true },
  { behaviour: 'unencodable', code: 'INTERNAL', reason: 'INTERNAL', logged: true },
  { behaviour: 'half-surrogate', code: 'NOT_FOUND', reason: 'THING_MISSING' },
  { behaviour: 'much-metadata', code: 'NOT_FOUND', reason: 'THING_MISSING' },
  { behaviour: 'room', code: 'NOT_FOUND', reason: 'THING_MISSING' },
  { behaviour: 'full', code: 'RESOURCE_EXHAUSTED', reason: 'FULL' },
  { behaviour: 'never-retry', code: 'UNAVAILABLE', reason: 'THING_AWAY' },
  { behaviour: 'strange-peer', code: 'UNAVAILABLE', reason: 'AWAY' },
  { behaviour: 'much-of-everything', code: 'FAILED_PRECONDITION', reason: 'MUCH' },
  { behaviour: 'downstream-bug', code: 'INTERNAL', reason: 'INTERNAL', logged: true },
  { behaviour: 'downstream-room', code: 'INTERNAL', reason: 'INTERNAL', logged: true },
  { behaviour: 'downstream-full', code: 'RESOURCE_EXHAUSTED', reason: 'FULL' },
  { behaviour: 'downstream-gone', code: 'UNAVAILABLE', reason: 'DOWNSTREAM_UNAVAILABLE' },
];

describe('errors (S3-19)', () => {
  let setup: ProbeSetup;
  beforeAll(async () => {
    setup = await startProbe();
  });
  afterAll(async () => setup[Symbol.asyncDispose]());

  it.each(rows)('$behaviour → $code $reason', async ({ behaviour, code, reason, logged = false }) => {
    setup.log.lines.length = 0;
    const error = await failure<RemoteError>(setup.client.ask({ behaviour }, { timeoutMs: 2_000 }));
    expect({ code: status[error.code], reason: error.reason }).toEqual({ code, reason });
    expect(JSON.stringify([error.message, error.metadata])).not.toContain(SECRET);
    expect(error.message).not.toMatch(/127\.0\.0\.1|ECONNREFUSED/);
    const unexpected = setup.log.lines.filter((line) => line.msg === 'unexpected error');
    expect(unexpected.length > 0).toBe(logged);
    expect(setup.log.spans().at(-1)).toMatchObject({ status: code });
    expect(setup.server.inFlight()).toBe(0);
  });

  it('a request that breaks rules many times is refused, and the connection lives', async () => {
    const error = await failure<RemoteError>(
      setup.client.ask({ behaviour: 'answer', inner: { numbers: Array.from({ length: 3_000 }, () => -1) } }),
    );
    expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' });
    expect(error.message).toContain('(and 2999 more)');
    expect(error.details.violations).toHaveLength(20);
    expect((await setup.client.ask({ behaviour: 'answer' })).text).toBe('hello');
  });

  it('a request of more fields than the environment allows is refused', async () => {
    await using narrow = await startProbe({ env: { EXEMPLA_DEV: '1', EXEMPLA_MAX_REQUEST_FIELDS: '1500' } });
    const ask = (count: number): Promise<unknown> =>
      narrow.client.ask({ behaviour: 'answer', inner: { numbers: Array.from({ length: count }, () => 1) } });
    await ask(1_400);
    expect(await failure<RemoteError>(ask(1_600))).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: { violations: [{ rule: 'extent' }] },
    });
  });

  it('the cause of an error that is known is logged, and the caller is not told of it', async () => {
    setup.log.lines.length = 0;
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'caused' }, { requestId: 'r-9' }));
    expect(error).toMatchObject({ code: status.UNAVAILABLE, reason: 'THING_AWAY', message: 'the thing is away' });
    expect(JSON.stringify(error)).not.toContain(SECRET);
    const [line, ...more] = setup.log.lines.filter(({ msg }) => msg === 'call failed');
    expect(JSON.stringify(line)).toContain(SECRET);
    expect(line).toMatchObject({ requestId: 'r-9' });
    expect(more).toEqual([]);
  });

  it('an error with more than peers take ends its own call only', async () => {
    const other = setup.client.ask({ behaviour: 'slow' });
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'much-of-everything' }));
    expect(error).toMatchObject({ code: status.FAILED_PRECONDITION, reason: 'MUCH', metadata: {} });
    expect(error.message).toMatch(/^漢+…$/);
    expect((await other).text).toBe('slow');
  });

  it('a stream that gives what cannot be encoded ends with INTERNAL, logged', async () => {
    setup.log.lines.length = 0;
    const read = async (): Promise<void> => {
      for await (const message of setup.client.count({ to: -3 })) void message;
    };
    expect(await failure<RemoteError>(read())).toMatchObject({ code: status.INTERNAL, reason: 'INTERNAL' });
    expect(setup.log.spans()[0]).toMatchObject({ status: 'INTERNAL' });
    expect(setup.log.lines.filter((line) => line.msg === 'unexpected error')).toHaveLength(1);
    await setup.probe.finallyRan.promise;
  });

  it('an unexpected error is logged once, with its cause and the request id', async () => {
    setup.log.lines.length = 0;
    await failure(setup.client.ask({ behaviour: 'bug' }, { requestId: 'request-7' }));
    const unexpected = setup.log.lines.filter((line) => line.msg === 'unexpected error');
    expect(unexpected).toHaveLength(1);
    expect(unexpected[0]).toMatchObject({ requestId: 'request-7', err: { message: SECRET } });
  });

  it('RetryInfo and ResourceInfo travel', async () => {
    const full = await failure<RemoteError>(setup.client.ask({ behaviour: 'full' }));
    expect(full.details.retryAfterMs).toBe(1500);
    expect(full.metadata).toEqual({ in_use: '5' });
    const missing = await failure<RemoteError>(setup.client.ask({ behaviour: 'room' }));
    expect(missing.details.resourceName).toBe('things/1');
  });

  it('a request that breaks rules names every field (BadRequest)', async () => {
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: '', inner: { numbers: [1, -2] } }));
    expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' });
    expect(error.details.violations?.map((v) => v.field)).toEqual(['behaviour', 'inner.numbers[1]']);
  });

  it('rules of fields, of lists and of whole messages, plain or in CEL, are told of all at once', async () => {
    const error = await failure<RemoteError>(
      setup.client.ask({ behaviour: 'b'.repeat(101), inner: { numbers: [-7, 7] } }),
    );
    expect(error.details.violations).toEqual([
      { field: 'behaviour', description: expect.any(String), rule: 'string.max_len' },
      { field: 'inner.numbers', description: 'seven is not taken', rule: 'numbers.no_seven' },
      { field: 'inner.numbers[0]', description: expect.any(String), rule: 'int32.gte' },
    ]);
    const sum = await failure<RemoteError>(setup.client.ask({ behaviour: 'sum' }));
    expect(sum.details.violations).toEqual([
      { field: '', description: 'a sum needs numbers', rule: 'ask.sum_needs_numbers' },
    ]);
    expect(sum.message).toBe('request: a sum needs numbers');
  });

  it('a field that a room refuses is in BadRequest too', async () => {
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'bad-field' }));
    expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'THING_WRONG' });
    expect(error.details.violations).toEqual([
      { field: 'thing', description: 'things must be right', rule: 'THING_WRONG' },
    ]);
  });

  it.each([
    ['a message that breaks off', [0x0a, 0xff, 0x01]],
    ['text that is no UTF-8', [0x0a, 0x02, 0xc3, 0x28]],
    ['a number where text belongs', [0x08, 0x96, 0x01]],
    ['a field numbered 0', [0x02, 0x01, 0x61]],
  ])('bytes that are no message are INVALID_ARGUMENT, not INTERNAL: %s', async (_, bytes) => {
    const error = (await bareAsk(setup.bare, Buffer.from(bytes))) as ServiceError;
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(decodeDetails(error.metadata)).toMatchObject({ reason: 'MALFORMED_REQUEST' });
  });

  it('fields it does not know are ignored', async () => {
    const unknownField = Buffer.concat([askBytes('answer'), Buffer.from([0xf8, 0x07, 0x01])]);
    expect(await bareAsk(setup.bare, unknownField)).toMatchObject({ text: 'hello' });
  });

  it('a message over the limit is RESOURCE_EXHAUSTED', async () => {
    const error = (await bareAsk(setup.bare, Buffer.alloc(5 << 20))) as ServiceError;
    expect(error.code).toBe(status.RESOURCE_EXHAUSTED);
  });

  it('a method that does not exist is UNIMPLEMENTED', async () => {
    const error = await new Promise<ServiceError | null>((resolve) => {
      setup.bare.makeUnaryRequest(
        '/exempla.rpctest.v1.ProbeService/Nope',
        () => Buffer.alloc(0),
        () => null,
        null,
        new Metadata(),
        resolve,
      );
    });
    expect(error?.code).toBe(status.UNIMPLEMENTED);
  });
});
