import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { status } from '@grpc/grpc-js';
import { openHandles } from '@exempla/testing';
import { checkHealth, RemoteError } from '../src/index.ts';
import { failure, startProbe } from './probe-server.ts';

describe('identity', () => {
  it('takes the tenant of the development header, and the default without one', async () => {
    await using setup = await startProbe({ env: { EXEMPLA_DEV: '1', EXEMPLA_DEV_TENANT: 'acme' } });
    const whoami = async (options: { tenant?: string; requestId: string }): Promise<string> =>
      (await setup.client.ask({ behaviour: 'whoami' }, { timeoutMs: 2_000, ...options })).text;
    expect(await whoami({ requestId: 'r-1' })).toBe('acme r-1');
    expect(await whoami({ tenant: 'zeta', requestId: 'r-2' })).toBe('zeta r-2');
  });

  it('refuses every call without the development flag', async () => {
    await using setup = await startProbe({ env: {} });
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'answer' }, { tenant: 'acme' }));
    expect(error).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'CREDENTIAL_MISSING' });
    expect(setup.probe.contexts).toHaveLength(0);
  });

  it('refuses a tenant that is no name', async () => {
    await using setup = await startProbe();
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'answer' }, { tenant: '../etc' }));
    expect(error).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'TENANT_INVALID' });
  });

  it.each(['yes', '2', 'off'])('a development flag of %s is neither on nor off', async (flag) => {
    await expect(startProbe({ env: { EXEMPLA_DEV: flag } })).rejects.toThrow(`EXEMPLA_DEV is "${flag}"`);
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

  it('waits for a reader that is slower than the handler', async () => {
    await using setup = await startProbe();
    const stream = setup.client.count({ to: 120, payloadBytes: 65_536 })[Symbol.asyncIterator]();
    await stream.next();
    const stopped = setup.server.stop();
    let read = 1;
    // More is on its way than the buffers of the transport hold; the handler is done long before the reader.
    while (!(await stream.next()).done) {
      read += 1;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    expect(read).toBe(120);
    await stopped;
    expect(setup.log.lines.find((line) => line.event === 'stopped')).toMatchObject({ callsEnded: 0 });
  });

  it('is not held up by somebody who watches our health', async () => {
    await using setup = await startProbe();
    const watch = setup.bare.makeServerStreamRequest(
      '/grpc.health.v1.Health/Watch',
      () => Buffer.alloc(0),
      (bytes) => bytes,
      {},
    );
    watch.on('error', () => {});
    await once(watch, 'data');
    const begin = performance.now();
    await setup.server.stop();
    expect(performance.now() - begin).toBeLessThan(3_000);
  });

  it('leaves no timer behind that keeps a process alive', async () => {
    const setup = await startProbe();
    await setup.client.ask({ behaviour: 'answer' }, { timeoutMs: 2_000 });
    const before = openHandles().Timeout ?? 0;
    await setup[Symbol.asyncDispose]();
    expect(openHandles().Timeout ?? 0).toBeLessThanOrEqual(before);
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
