import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { checkHealth, RemoteError } from '../src/index.ts';
import { failure, startProbe } from './probe-server.ts';

describe('identity', () => {
  it('takes the tenant of the development header, and the default without one', async () => {
    await using setup = await startProbe({ env: { EXEMPLA_DEV: '1', EXEMPLA_DEV_TENANT: 'acme' } });
    expect((await setup.client.ask({ behaviour: 'whoami' }, { requestId: 'r-1' })).text).toBe('acme r-1');
    expect((await setup.client.ask({ behaviour: 'whoami' }, { tenant: 'zeta', requestId: 'r-2' })).text).toBe(
      'zeta r-2',
    );
  });

  it('refuses every call without the development flag', async () => {
    await using setup = await startProbe({ env: {} });
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'answer' }, { tenant: 'acme' }));
    expect(error).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'IDENTITY_REQUIRED' });
    expect(setup.probe.contexts).toHaveLength(0);
  });

  it('refuses a tenant that is no name', async () => {
    await using setup = await startProbe();
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'answer' }, { tenant: '../etc' }));
    expect(error).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'TENANT_INVALID' });
  });

  it('the development flag stops a production service', async () => {
    await expect(startProbe({ env: { EXEMPLA_DEV: '1', NODE_ENV: 'production' } })).rejects.toThrow(
      /unset EXEMPLA_DEV/,
    );
  });
});

describe('drain', () => {
  it('lets a call under way finish and refuses new ones', async () => {
    await using setup = await startProbe();
    const stream = setup.client.count({ to: 3 })[Symbol.asyncIterator]();
    await stream.next();
    const stopped = setup.server.stop();
    const rest = [(await stream.next()).value, (await stream.next()).value, (await stream.next()).done];
    expect(rest).toMatchObject([{ value: 2 }, { value: 3 }, true]);
    await stopped;
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'answer' }));
    expect(error.code).toBe(status.UNAVAILABLE);
  });

  it('ends a call that does not finish with UNAVAILABLE and a reason', async () => {
    await using setup = await startProbe({ drainLimitMs: 20 });
    const call = failure<RemoteError>(setup.client.ask({ behaviour: 'wait' }, { timeoutMs: 2_000 }));
    await setup.probe.waiting.promise;
    await setup.server.stop();
    expect(await setup.probe.aborted.promise).toMatchObject({ reason: 'SERVER_DRAINING' });
    expect(await call).toMatchObject({ code: status.UNAVAILABLE, reason: 'SERVER_DRAINING' });
    expect(setup.log.spans()[0]).toMatchObject({ status: 'UNAVAILABLE' });
  });
});

describe('health', () => {
  it('is SERVING under each name, and unknown names are refused', async () => {
    await using setup = await startProbe();
    expect(await checkHealth(setup.channel)).toBe('SERVING');
    expect(await checkHealth(setup.channel, { service: 'exempla.rpctest.v1.ProbeService' })).toBe('SERVING');
    const error = await failure<RemoteError>(checkHealth(setup.channel, { service: 'nobody' }));
    expect(error.code).toBe(status.NOT_FOUND);
  });
});
