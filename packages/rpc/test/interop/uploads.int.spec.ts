import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, gate } from '@exempla/testing';
import { createClient, openChannel, type CallOptions } from '../../src/index.ts';
import { TestServiceDefinition } from '../gen/grpc/testing/test.ts';
import { startOurs, type OurServer } from './our-server.ts';
import { startRelay } from './relay.ts';

const PART = { payload: { body: Buffer.alloc(1_000) } };
const ROUNDS = 50;

let server: OurServer;
beforeEach(async () => {
  server = await startOurs();
});
afterEach(async () => server[Symbol.asyncDispose]());

/** Waits until the handler has read something, so that there is half an upload. */
const halfway = (id: string): Promise<void> =>
  eventually('the handler has read a part', () => (server.calls.partsOf.get(id) ?? 0) > 0);

/** An upload of ours that sends one part and then stands still. */
async function uploadHalf(target: string, options: CallOptions, stop: () => void | Promise<void>): Promise<unknown> {
  const channel = openChannel(target);
  const over = gate();
  const parts = async function* () {
    yield PART;
    await over.promise;
  };
  const call = createClient(TestServiceDefinition, channel).streamingInputCall(parts(), options);
  const ended = call.then(
    () => undefined,
    (error: unknown) => error,
  );
  try {
    await halfway(options.requestId!);
    await stop();
    return await ended;
  } finally {
    over.open();
    channel.close();
  }
}

describe('half an upload never passes for a whole one', () => {
  it('when our client cancels', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const requestId = `cancelled-${round}`;
      const stop = new AbortController();
      const reason = new Error('changed my mind');
      const options = { requestId, signal: stop.signal };
      expect(await uploadHalf(server.target, options, () => stop.abort(reason))).toBe(reason);
      await eventually('the signal has aborted', () => server.calls.ends.has(requestId));
      expect(server.calls.ends.get(requestId)).toBe('CALLER_CANCELLED');
    }
    expect([...server.calls.whole]).toEqual([]);
  });

  it("when our client's deadline passes", async () => {
    const options = { requestId: 'late', timeoutMs: 500 };
    expect(await uploadHalf(server.target, options, () => {})).toMatchObject({ code: 4 });
    await eventually('the signal has aborted', () => server.calls.ends.has('late'));
    expect(['DEADLINE_EXCEEDED', 'CALLER_CANCELLED']).toContain(server.calls.ends.get('late'));
    expect([...server.calls.whole]).toEqual([]);
  });

  it('when the connection breaks', async () => {
    const relay = await startRelay(server.target);
    const broken = await uploadHalf(relay.target, { requestId: 'broken' }, async () => relay[Symbol.asyncDispose]());
    expect(broken).toMatchObject({ code: 14 });
    await eventually('the signal has aborted', () => server.calls.ends.has('broken'));
    expect(server.calls.ends.get('broken')).toBe('CALLER_CANCELLED');
    expect([...server.calls.whole]).toEqual([]);
  });
});
