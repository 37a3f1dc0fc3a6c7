import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import type { RemoteError } from '../src/index.ts';
import { LATE_LOOP_FLOOR } from '../src/server/admission.ts';
import { REMEMBERED_CALLS } from '../src/server/all-or-nothing.ts';
import { failure, startProbe } from './probe-server.ts';

const HOPELESS_MS = 150;
const slow = { behaviour: 'slow' };

/** Calls of 200 ms, as many as it takes to know what such calls need; never more at once than a late loop admits. */
async function learn(ask: () => Promise<unknown>): Promise<void> {
  let left = REMEMBERED_CALLS;
  const caller = async (): Promise<void> => {
    while (left-- > 0) await ask();
  };
  await Promise.all(Array.from({ length: LATE_LOOP_FLOOR }, caller));
}

describe('a method that answers in full or not at all', () => {
  it('is refused at once when its time is too short, before its handler', async () => {
    await using setup = await startProbe();
    await learn(() => setup.client.askAll(slow));
    const served = setup.probe.contexts.length;
    const error = await failure<RemoteError>(setup.client.askAll(slow, { timeoutMs: HOPELESS_MS }));
    expect(error).toMatchObject({ code: status.DEADLINE_EXCEEDED, reason: 'DEADLINE_TOO_SHORT' });
    expect(Number(error.metadata.needed_ms)).toBeGreaterThanOrEqual(199);
    expect(Number(error.metadata.remaining_ms)).toBeLessThanOrEqual(HOPELESS_MS);
    expect(setup.probe.contexts).toHaveLength(served);
    expect((await setup.client.askAll(slow)).text).toBe('slow');
  });

  it('is let through once in twenty, so that it is learned when calls become faster', async () => {
    await using setup = await startProbe();
    await learn(() => setup.client.askAll(slow));
    const served = setup.probe.contexts.length;
    for (let call = 1; call < 20; call += 1) await failure(setup.client.askAll(slow, { timeoutMs: HOPELESS_MS }));
    expect(setup.probe.contexts).toHaveLength(served);
    const quick = await setup.client.askAll({ behaviour: 'answer' }, { timeoutMs: HOPELESS_MS });
    expect(quick.text).toBe('hello');
  });

  it('a method without the mark is never refused', async () => {
    await using setup = await startProbe();
    await learn(() => setup.client.ask(slow));
    const served = setup.probe.contexts.length;
    const error = await failure<RemoteError>(setup.client.ask(slow, { timeoutMs: HOPELESS_MS }));
    expect(error.code).toBe(status.DEADLINE_EXCEEDED);
    expect(error.reason).not.toBe('DEADLINE_TOO_SHORT');
    expect(setup.probe.contexts).toHaveLength(served + 1);
  });
});
