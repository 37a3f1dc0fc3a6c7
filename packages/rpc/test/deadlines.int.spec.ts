import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { RemoteError } from '../src/index.ts';
import { callWithoutTimer, statusTold } from './caller-without-timer.ts';
import { askBytes, bareAsk, failure, startProbe, type ProbeSetup } from './probe-server.ts';

describe('deadlines', () => {
  let setup: ProbeSetup;
  beforeEach(async () => {
    setup = await startProbe();
  });
  afterEach(async () => setup[Symbol.asyncDispose]());

  it('a call without a deadline gets the default of its method (S3-97)', async () => {
    const reply = await bareAsk(setup.bare, askBytes('answer'));
    expect(reply).toMatchObject({ text: 'hello' });
    expect(setup.log.spans()[0]!.deadlineLeftMs).toBeGreaterThan(400);
    expect(setup.log.spans()[0]!.deadlineLeftMs).toBeLessThanOrEqual(500);
  });

  it('a deadline above the maximum is cut to it', async () => {
    await bareAsk(setup.bare, askBytes('answer'), { deadline: Date.now() + 3_600_000 });
    expect(setup.log.spans()[0]!.deadlineLeftMs).toBeGreaterThan(1_900);
    expect(setup.log.spans()[0]!.deadlineLeftMs).toBeLessThanOrEqual(2_000);
  });

  it('the default of the server ends a handler that never answers, with details', async () => {
    const error = await bareAsk(setup.bare, askBytes('deaf'));
    expect(error).toMatchObject({ code: status.DEADLINE_EXCEEDED });
    expect(setup.log.spans()[0]).toMatchObject({ status: 'DEADLINE_EXCEEDED' });
    expect(setup.server.inFlight()).toBe(0);
  });

  it('our client sends the default of the method when the caller names none', async () => {
    await setup.client.ask({ behaviour: 'answer' });
    expect(setup.log.spans()[0]!.deadlineLeftMs).toBeLessThanOrEqual(500);
  });

  it('a child call gets at most what its parent has left, less the reserve', async () => {
    await setup.client.ask({ behaviour: 'chain' }, { timeoutMs: 1_900 });
    const [child, parent] = setup.log.spans();
    expect(parent!.spanId).toBe(child!.parentSpanId);
    expect(child!.traceId).toBe(parent!.traceId);
    expect(child!.deadlineLeftMs).toBeLessThanOrEqual(parent!.deadlineLeftMs - 150);
    expect(child!.deadlineLeftMs).toBeGreaterThan(0);
  });

  it('the parent still answers when its child used up its time', async () => {
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'chain-wait' }, { timeoutMs: 300 }));
    expect(error.code).toBe(status.DEADLINE_EXCEEDED);
    // The parent's own status, sent within the reserve: grpc-js's own would carry no reason.
    expect(error.reason).not.toBe('');
  });

  it('a call with less time than the reserve starts no child', async () => {
    const session = connect(`http://${setup.channel.target}`);
    try {
      const path = '/exempla.rpctest.v1.ProbeService/Ask';
      const call = callWithoutTimer(session, path, { request: askBytes('chain'), timeoutMs: 140 });
      expect(await statusTold(call)).toBe(status.DEADLINE_EXCEEDED);
      expect(setup.probe.contexts).toHaveLength(1);
    } finally {
      session.destroy();
    }
  });

  it('a deadline that has passed already is refused before anything is sent', async () => {
    const error = await failure<{ code: number }>(setup.client.ask({ behaviour: 'answer' }, { timeoutMs: -1 }));
    expect(error.code).toBe(status.DEADLINE_EXCEEDED);
    expect(setup.probe.contexts).toHaveLength(0);
  });

  it('the handler hears of the deadline by its signal', async () => {
    await failure(setup.client.ask({ behaviour: 'wait' }, { timeoutMs: 400 }));
    expect(await setup.probe.aborted.promise).toMatchObject({ code: status.DEADLINE_EXCEEDED });
  });
});
