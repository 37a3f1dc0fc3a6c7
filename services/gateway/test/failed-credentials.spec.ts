import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { status, StatusError } from '@exempla/rpc';
import { manualClock, recordingLogger, type ManualClock } from '@exempla/testing';
import fastify, { type FastifyRequest } from 'fastify';
import { limitFailures, type Guard } from '../src/http/failed-credentials.ts';

const TOKEN = 'Bearer of-somebody';
const LIMITED = { code: status.RESOURCE_EXHAUSTED, reason: 'TOO_MANY_FAILED_CREDENTIALS' };
const REFUSED = { reason: 'CREDENTIAL_INVALID' };
const MINUTE_MS = 60_000;

describe('credentials that fail', () => {
  let clock: ManualClock;
  let guard: Guard;
  let lines: Record<string, unknown>[];
  let verified: number;

  beforeEach(() => {
    clock = manualClock(Date.now());
    jest.spyOn(Date, 'now').mockImplementation(clock.now);
    verified = 0;
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  async function allow(perMinute: number): Promise<void> {
    const recorded = recordingLogger('gateway');
    lines = recorded.lines;
    guard = await limitFailures(fastify(), perMinute, recorded.logger);
  }
  const from = (ip: string, headers: Record<string, string> = { authorization: TOKEN }): FastifyRequest =>
    ({ ip, headers, routeOptions: {} }) as FastifyRequest;
  const good = async (request: FastifyRequest): Promise<string> =>
    guard(request, async () => {
      verified += 1;
      return 'anna';
    });
  const bad = async (request: FastifyRequest, error: Error = refusal()): Promise<unknown> =>
    guard(request, () => {
      verified += 1;
      throw error;
    }).catch((reason: unknown) => reason);
  const refusal = (): Error => new StatusError(status.UNAUTHENTICATED, 'CREDENTIAL_INVALID', 'not valid');

  it('as many as are allowed are verified, more are refused unseen, until the minute is over', async () => {
    await allow(3);
    for (let n = 0; n < 3; n += 1) expect(await bad(from('192.0.2.1'))).toMatchObject(REFUSED);
    await clock.advance(MINUTE_MS - 1_500);
    expect(await bad(from('192.0.2.1'))).toMatchObject({
      ...LIMITED,
      retryAfterMs: 1_500,
      metadata: { per_minute: '3' },
    });
    await expect(good(from('192.0.2.1'))).rejects.toMatchObject(LIMITED);
    expect(verified).toBe(3);
    // Who went on trying does not wait longer for that.
    await clock.advance(1_500);
    expect(await good(from('192.0.2.1'))).toBe('anna');
    for (let n = 0; n < 3; n += 1) expect(await bad(from('192.0.2.1'))).toMatchObject(REFUSED);
    expect(await bad(from('192.0.2.1'))).toMatchObject(LIMITED);
  });

  it('good ones are not counted, and good ones of other addresses are let in', async () => {
    await allow(2);
    await bad(from('192.0.2.1'));
    for (let n = 0; n < 50; n += 1) expect(await good(from('192.0.2.1'))).toBe('anna');
    await bad(from('192.0.2.1'));
    expect(await bad(from('192.0.2.1'))).toMatchObject(LIMITED);
    expect(await good(from('192.0.2.2'))).toBe('anna');
  });

  it('a request without a credential is neither counted nor refused: it is told what it lacks', async () => {
    await allow(1);
    for (let n = 0; n < 3; n += 1) expect(await bad(from('192.0.2.1', {}))).toMatchObject(REFUSED);
    await bad(from('192.0.2.1', { 'x-api-key': 'guessed' }));
    expect(await bad(from('192.0.2.1', { 'x-api-key': 'guessed' }))).toMatchObject(LIMITED);
    expect(await good(from('192.0.2.1', {}))).toBe('anna');
  });

  it('what fails for another reason than the credential is not held against it', async () => {
    await allow(1);
    for (let n = 0; n < 3; n += 1)
      expect(await bad(from('192.0.2.1'), new Error('broken'))).toMatchObject({ message: 'broken' });
    expect(await good(from('192.0.2.1'))).toBe('anna');
  });

  it('a /64 of IPv6 is one client', async () => {
    await allow(2);
    await bad(from('2001:db8:1:2::1'));
    await bad(from('2001:db8:1:2:ffff::9'));
    expect(await bad(from('2001:db8:1:2:3:4:5:6'))).toMatchObject(LIMITED);
    expect(await good(from('2001:db8:1:3::1'))).toBe('anna');
  });

  it('is told of in one line for each address and minute, which holds no credential', async () => {
    await allow(2);
    // At once: none has failed when the last is let in.
    await Promise.all(Array.from({ length: 5 }, () => bad(from('192.0.2.1'))));
    for (let n = 0; n < 5; n += 1) await bad(from('2001:db8::1'));
    expect(lines).toMatchObject([
      { level: 40, event: 'credentials-refused', address: '192.0.2.1', perMinute: 2, forMs: MINUTE_MS },
      { event: 'credentials-refused', address: '2001:db8::' },
    ]);
    expect(JSON.stringify(lines)).not.toContain(TOKEN);
    await clock.advance(MINUTE_MS);
    for (let n = 0; n < 5; n += 1) await bad(from('192.0.2.1'));
    expect(lines).toHaveLength(3);
  });

  it('ten thousand addresses are remembered, and of more the one not heard of for longest is forgotten', async () => {
    await allow(1);
    const address = (n: number): string => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
    for (let n = 0; n < 10_000; n += 1) await bad(from(address(n)));
    expect(await bad(from(address(0)))).toMatchObject(LIMITED);
    await bad(from(address(10_000)));
    expect(await bad(from(address(1)))).toMatchObject(REFUSED);
    // It was heard of since.
    expect(await bad(from(address(0)))).toMatchObject(LIMITED);
  });

  it('0 sets no limit', async () => {
    await allow(0);
    for (let n = 0; n < 200; n += 1) expect(await bad(from('192.0.2.1'))).toMatchObject(REFUSED);
    expect(lines).toEqual([]);
  });
});
