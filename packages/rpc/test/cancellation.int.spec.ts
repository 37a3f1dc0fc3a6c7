import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { eventually } from '@exempla/testing';
import { failure, startProbe, type ProbeSetup } from './probe-server.ts';

describe('cancellation', () => {
  let setup: ProbeSetup;
  beforeEach(async () => {
    setup = await startProbe();
  });
  afterEach(async () => setup[Symbol.asyncDispose]());

  it('reaches the handler with a typed reason', async () => {
    const caller = new AbortController();
    const call = failure(setup.client.ask({ behaviour: 'wait' }, { signal: caller.signal, timeoutMs: 2_000 }));
    await setup.probe.waiting.promise;
    caller.abort(new Error('enough'));
    expect(await setup.probe.aborted.promise).toMatchObject({ reason: 'CALLER_CANCELLED', code: status.CANCELLED });
    expect(await call).toMatchObject({ message: 'enough' });
    await eventually('the call is over', () => setup.server.inFlight() === 0);
  });

  it('reaches the handler of a handler', async () => {
    const caller = new AbortController();
    const call = failure(setup.client.ask({ behaviour: 'chain-wait' }, { signal: caller.signal, timeoutMs: 2_000 }));
    await setup.probe.waiting.promise;
    expect(setup.server.inFlight()).toBe(2);
    caller.abort();
    expect(await setup.probe.aborted.promise).toMatchObject({ reason: 'CALLER_CANCELLED' });
    await call;
    await eventually('both calls are over', () => setup.server.inFlight() === 0);
  });

  it('who tidies up when the signal aborts does so as part of the call', async () => {
    const caller = new AbortController();
    const call = failure(
      setup.client.ask({ behaviour: 'tidy' }, { signal: caller.signal, tenant: 'acme', timeoutMs: 2_000 }),
    );
    await setup.probe.waiting.promise;
    caller.abort();
    expect(await setup.probe.aborted.promise).toBe('acme');
    await call;
  });

  it('an aborted signal starts no call', async () => {
    const error = await failure(
      setup.client.ask({ behaviour: 'answer' }, { signal: AbortSignal.abort(new Error('before')) }),
    );
    expect(error).toMatchObject({ message: 'before' });
    expect(setup.probe.contexts).toHaveLength(0);
  });

  it('a reader that leaves a stream ends its producer', async () => {
    for await (const { value } of setup.client.count({ to: 1_000_000 })) if (value === 3) break;
    await setup.probe.finallyRan.promise;
    expect(setup.probe.produced).toBeLessThan(100);
  });

  it('ends a handler that reads a client stream', async () => {
    const caller = new AbortController();
    const call = failure(
      setup.client.sum(
        (async function* () {
          yield { value: 999 };
          await setup.probe.aborted.promise;
        })(),
        { signal: caller.signal },
      ),
    );
    await setup.probe.waiting.promise;
    caller.abort();
    expect(await setup.probe.aborted.promise).toMatchObject({ reason: 'CALLER_CANCELLED' });
    await call;
  });

  it('the signal of a call that answered never aborts', async () => {
    await setup.client.ask({ behaviour: 'answer' });
    await setup.client.ask({ behaviour: 'answer' });
    expect(setup.probe.contexts[0]!.signal.aborted).toBe(false);
  });
});
