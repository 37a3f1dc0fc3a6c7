import { afterEach, describe, expect, it } from '@jest/globals';
import { Story } from '@exempla/contracts/type/v1/story';
import { currentCall, RemoteError, status, type CallContext } from '@exempla/rpc';
import type { AppOptions } from '../src/http/app.ts';
import { edgeWith, type EdgeUnderTest } from './edge-under-test.ts';

describe('an edge', () => {
  let edge: EdgeUnderTest;
  let served: (CallContext & { leftMs: number }) | undefined;
  afterEach(() => edge.app.close());

  async function open(options: Partial<AppOptions> = {}, fails?: () => Error): Promise<void> {
    const getStory = async ({ name }: { name?: string }, told?: { timeoutMs?: number }): Promise<Story> => {
      served = Object.assign(Object.create(currentCall()!) as CallContext, { leftMs: told?.timeoutMs ?? NaN });
      if (fails) throw fails();
      return Story.fromPartial({ name: name ?? '' });
    };
    edge = await edgeWith({ stories: { getStory } }, options);
  }
  const ask = (headers: Record<string, string> = {}) => edge.app.inject({ url: '/api/v1/stories/1', headers });

  it.each([
    ['its method’s default', {}, 10_000],
    ['what the caller says', { 'exempla-timeout-ms': '30000' }, 30_000],
    ['what the caller says in the words of Connect', { 'connect-timeout-ms': '700' }, 700],
    ['its method’s maximum', { 'exempla-timeout-ms': '9999999' }, 60_000],
  ])('gives a call %s', async (_, headers, ms) => {
    await open();
    await ask(headers);
    expect(served!.leftMs).toBeLessThanOrEqual(ms);
    expect(served!.leftMs).toBeGreaterThan(ms - 500);
  });

  it.each(['0', '-1', '1.5', 'soon', '', '99999999999'])(
    'refuses a deadline of "%s", and tells of it in a line',
    async (ms) => {
      await open();
      served = undefined;
      const answer = await ask({ 'exempla-timeout-ms': ms });
      expect(answer.json()).toMatchObject({
        status: 400,
        reason: 'TIMEOUT_INVALID',
        errors: [{ field: 'exempla-timeout-ms' }],
      });
      expect(answer.headers['content-security-policy']).toBeDefined();
      expect(served).toBeUndefined();
      expect(edge.lines.filter(({ event }) => event === 'request')).toHaveLength(1);
    },
  );

  it('takes part in the trace and the id of its caller', async () => {
    await open();
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await ask({ traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'x-request-id': 'mine' });
    expect(served).toMatchObject({ traceId, requestId: 'mine' });
    expect(answer.headers['x-request-id']).toBe('mine');
  });

  it('tells a caller nothing of an error that nobody knows, and the log all', async () => {
    await open({}, () => new Error('password of the database'));
    const answer = await ask();
    expect(answer.json()).toMatchObject({ status: 500, detail: 'internal error', reason: 'INTERNAL' });
    expect(answer.body).not.toContain('password');
    const [line] = edge.lines.filter(({ msg }) => msg === 'unexpected error');
    expect(JSON.stringify(line)).toContain('password of the database');
    expect(line).toMatchObject({ requestId: answer.headers['x-request-id'] });
  });

  it('says when to come back, in header and body', async () => {
    const busy = { reason: 'BUSY', retryAfterMs: 2500 };
    await open({}, () => new RemoteError('a.B/C', status.UNAVAILABLE, 'busy', busy));
    const answer = await ask();
    expect([answer.statusCode, answer.headers['retry-after'], answer.json().retry_after]).toEqual([503, '3', 3]);
  });

  it('lets each credential in so many times a minute', async () => {
    await open({ requestsPerMinute: 2 });
    const answers = [await ask(), await ask(), await ask()];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
    expect(answers[2]!.json()).toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'RATE_LIMITED' });
    expect(Number(answers[2]!.headers['retry-after'])).toBeGreaterThan(0);
    expect((await edge.app.inject('/healthz')).statusCode).toBe(200);
  });

  it('keeps browsers from everything but its own files and sound', async () => {
    await open();
    const { headers } = await edge.app.inject('/healthz');
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "media-src 'self' blob:"]),
    );
    expect(policy.join(';')).not.toMatch(/unsafe|\*|https?:/);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it('lets no cache on the way keep what is told: a key is in no header that caches know', async () => {
    await open();
    for (const url of ['/api/v1/stories/1', '/api/v1/nothing', '/readyz'])
      expect([url, (await edge.app.inject(url)).headers['cache-control']]).toEqual([url, 'no-store']);
  });

  it('lets pages of other origins in only where they are named', async () => {
    const origin = 'https://stories.example';
    const preflight = { 'access-control-request-method': 'POST', origin };
    const asked = (headers: Record<string, string>) =>
      edge.app.inject({ method: 'OPTIONS', url: '/api/v1/generate-story', headers });
    await open();
    expect((await asked(preflight)).headers['access-control-allow-origin']).toBeUndefined();
    await edge.app.close();
    await open({ corsOrigins: [origin] });
    const { statusCode, headers } = await asked(preflight);
    expect([statusCode, headers['access-control-allow-origin']]).toEqual([204, origin]);
    expect(headers['access-control-allow-headers']).toContain('exempla-timeout-ms');
    const other = await asked({ ...preflight, origin: 'https://elsewhere.example' });
    expect(other.headers['access-control-allow-origin']).not.toBe('https://elsewhere.example');
    const answer = await ask({ origin });
    expect([answer.headers['access-control-allow-origin'], answer.headers['access-control-expose-headers']]).toEqual([
      origin,
      expect.stringContaining('content-range'),
    ]);
  });

  it('answers what is no URL with a problem', async () => {
    await open();
    const answer = await edge.app.inject('/api/v1/stories/%zz');
    expect(answer.json()).toMatchObject({ status: 400, reason: 'REQUEST_MALFORMED' });
    expect(answer.headers['content-type']).toBe('application/problem+json');
  });

  it('says that it goes away before it does', async () => {
    await open();
    expect((await edge.app.inject('/readyz')).json()).toEqual({ status: 'ready' });
    edge.readiness.end();
    const answer = await edge.app.inject('/readyz');
    expect([answer.statusCode, answer.json()]).toEqual([503, { status: 'draining' }]);
    expect((await edge.app.inject('/healthz')).statusCode).toBe(200);
  });
});
