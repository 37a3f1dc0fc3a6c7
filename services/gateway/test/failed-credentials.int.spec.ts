import { describe, expect, it } from '@jest/globals';
import { Code, ConnectError } from '@connectrpc/connect';
import { Story } from '@exempla/contracts/type/v1/story';
import { edgeIdentity, status, StatusError, type EdgeIdentity } from '@exempla/rpc';
import { LABELS, METRICS, processMetrics } from '@exempla/telemetry';
import { openDoor, PROTOCOLS } from './connect/open-door.ts';
import { edgeWith, type EdgeUnderTest } from './edge-under-test.ts';

const STORIES = 'exempla.orchestrator.v1.StoryService';
const GOOD = { authorization: 'Bearer good' };
const BAD = { authorization: 'Bearer bad' };
const LIMIT = 3;

/** Knows one token, and counts how often it was asked. */
async function oneToken(): Promise<{ identity: EdgeIdentity; asked: () => number }> {
  let asked = 0;
  const known = await edgeIdentity({ EXEMPLA_DEV: '1' });
  const callerOf = async (authorization: string | undefined) => {
    asked += 1;
    if (authorization === GOOD.authorization)
      return known.callerWith({ tenant: 'home', subject: 'anna', admin: false });
    throw new StatusError(status.UNAUTHENTICATED, 'CREDENTIAL_INVALID', 'the credential is not valid here');
  };
  return { identity: { ...known, dev: false, callerOf } as EdgeIdentity, asked: () => asked };
}

const refusedSoFar = (reason: string): number =>
  processMetrics.counter(METRICS.credentialsRefused, { [LABELS.credentialReason]: reason }).value;

describe('a client whose credentials fail', () => {
  async function open(trustedHops = 0) {
    const { identity, asked } = await oneToken();
    const getStory = async () => Story.fromPartial({ name: 'stories/1' });
    const options = { credentials: { identity }, failedCredentialsPerMinute: LIMIT, trustedHops };
    const edge = await edgeWith({ stories: { getStory } }, options);
    return { edge, asked, [Symbol.asyncDispose]: () => edge.app.close() };
  }
  const ask = (edge: EdgeUnderTest, headers: Record<string, string>, remoteAddress = '192.0.2.1') =>
    edge.app.inject({ url: '/api/v1/stories/1', headers, remoteAddress });
  const forwarded = (addresses: string, credential = BAD) => ({ ...credential, 'x-forwarded-for': addresses });

  it('is told when to come back, and its credentials are not looked at until then', async () => {
    await using opened = await open();
    const url = await opened.edge.app.listen({ host: '127.0.0.1', port: 0 });
    const before = refusedSoFar('TOO_MANY_FAILED_CREDENTIALS');
    const askHere = async (headers: Record<string, string>) => {
      const answer = await fetch(`${url}/api/v1/stories/1`, { headers });
      return { answer, problem: (await answer.json()) as Record<string, unknown> };
    };
    expect((await askHere(GOOD)).answer.status).toBe(200);
    for (let n = 0; n < LIMIT; n += 1) expect((await askHere(BAD)).problem).toMatchObject({ status: 401 });
    const asked = opened.asked();
    const { answer, problem } = await askHere(GOOD);
    expect(problem).toMatchObject({
      status: 429,
      code: 'RESOURCE_EXHAUSTED',
      reason: 'TOO_MANY_FAILED_CREDENTIALS',
      detail: 'more than 3 credentials from this address failed in a minute',
    });
    expect(answer.headers.get('retry-after')).toBe(String(problem['retry_after']));
    expect(Number(problem['retry_after'])).toBeGreaterThan(0);
    expect(opened.asked()).toBe(asked);
    expect(refusedSoFar('TOO_MANY_FAILED_CREDENTIALS') - before).toBe(1);
    expect((await askHere({})).problem).toMatchObject({ reason: 'CREDENTIAL_INVALID' });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it('is not taken for somebody else, whatever it says of itself', async () => {
    await using opened = await open();
    const others = ['192.0.2.7', '192.0.2.8', '192.0.2.9', '192.0.2.10'];
    const answers = [];
    for (const other of others) {
      const said = { ...forwarded(other), forwarded: `for=${other}`, 'x-real-ip': other };
      answers.push((await ask(opened.edge, said)).statusCode);
    }
    expect(answers).toEqual([401, 401, 401, 429]);
  });

  it('behind proxies it is whom the first that is trusted saw', async () => {
    await using opened = await open(2);
    // What stands further to the left anybody may have written.
    for (let n = 0; n < LIMIT; n += 1) await ask(opened.edge, forwarded(`203.0.113.${n}, 198.51.100.1, 10.0.0.2`));
    const again = forwarded('203.0.113.9, 198.51.100.1, 10.0.0.3', GOOD);
    expect((await ask(opened.edge, again)).statusCode).toBe(429);
    const other = forwarded('198.51.100.1, 198.51.100.2, 10.0.0.2', GOOD);
    expect((await ask(opened.edge, other)).statusCode).toBe(200);
  });

  it.each(PROTOCOLS)('hears of it by %s', async (protocol) => {
    const { identity, asked } = await oneToken();
    await using door = await openDoor(undefined, { credentials: { identity }, failedCredentialsPerMinute: LIMIT });
    const getStory = (headers: Record<string, string>) => {
      const client = door.client(protocol, STORIES) as unknown as Record<string, Unary>;
      let retryAfter: string | null = null;
      const onHeader = (received: Headers): void => void (retryAfter = received.get('retry-after'));
      const called = client['getStory']!({ name: 'stories/1' }, { headers, onHeader });
      return called.then(
        () => ({ error: undefined, retryAfter }),
        (error: ConnectError) => ({ error, retryAfter: retryAfter ?? error.metadata.get('retry-after') }),
      );
    };
    expect((await getStory(GOOD)).error).toBeUndefined();
    for (let n = 0; n < LIMIT; n += 1) expect((await getStory(BAD)).error?.code).toBe(Code.Unauthenticated);
    const before = asked();
    const { error, retryAfter } = await getStory(GOOD);
    expect(error?.code).toBe(Code.ResourceExhausted);
    const details = (name: string) => error?.findDetails(door.registry.getMessage(`google.rpc.${name}`)!);
    expect(details('ErrorInfo')).toMatchObject([{ reason: 'TOO_MANY_FAILED_CREDENTIALS' }]);
    expect(details('RetryInfo')).toHaveLength(1);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(asked()).toBe(before);
    expect(door.mesh.probe.contexts).toHaveLength(1);
  });
});

type Unary = (
  request: object,
  options: { headers: Record<string, string>; onHeader: (headers: Headers) => void },
) => Promise<unknown>;
