import { afterEach, describe, expect, it } from '@jest/globals';
import { constants } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { grpcFrame, startFaultyPeer, type Fault } from '@exempla/testing';
import { createClient, openChannel, RemoteError, type Channel, type RpcClient } from '../../src/index.ts';
import { AskResponse, CountResponse, ProbeServiceDefinition } from '../gen/exempla/rpctest/v1/probe_service.ts';
import { failure, startProbe } from '../probe-server.ts';

const ANSWER = AskResponse.encode({ text: 'hello', deadlineLeftMs: 1n }).finish();
const ITEM = CountResponse.encode({ value: 7, payload: Buffer.alloc(0) }).finish();
const ASK = { behaviour: 'answer' };

const channels: Channel[] = [];
afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
});

function clientOf(target: string): RpcClient<typeof ProbeServiceDefinition> {
  const channel = openChannel(target, [ProbeServiceDefinition]);
  channels.push(channel);
  return createClient(ProbeServiceDefinition, channel);
}

/** How a call ended, and after how many milliseconds. */
async function timed(call: Promise<unknown>): Promise<{ error: RemoteError; ms: number }> {
  const begin = performance.now();
  const error = await failure<RemoteError>(call);
  return { error, ms: performance.now() - begin };
}

async function collect(items: AsyncIterable<CountResponse>, kept: number[]): Promise<void> {
  for await (const { value } of items) kept.push(value);
}

describe('a peer that does not answer', () => {
  const UNANSWERED: Fault[] = [{ kind: 'black-hole' }, { kind: 'half-open' }, { kind: 'silent' }];

  it.each(UNANSWERED)('$kind: the call ends at its deadline, and other channels know nothing of it', async (fault) => {
    await using peer = await startFaultyPeer(fault);
    await using healthy = await startProbe();
    const call = timed(clientOf(peer.target).ask(ASK, { timeoutMs: 400 }));
    for (let i = 0; i < 20; i += 1) expect((await healthy.client.ask(ASK)).text).toBe('hello');
    const { error, ms } = await call;
    expect(error).toMatchObject({ code: status.DEADLINE_EXCEEDED });
    expect(ms).toBeGreaterThanOrEqual(390);
    expect(ms).toBeLessThan(900);
    expect(peer.connections()).toBeGreaterThan(0);
  });

  it.each(UNANSWERED)('$kind: so does a stream, although it names no deadline but the default', async (fault) => {
    await using peer = await startFaultyPeer(fault);
    const { error, ms } = await timed(collect(clientOf(peer.target).count({ to: 3 }, { timeoutMs: 300 }), []));
    expect(error).toMatchObject({ code: status.DEADLINE_EXCEEDED });
    expect(ms).toBeLessThan(800);
  });

  it('a default deadline is one as well: 500 ms for Ask', async () => {
    await using peer = await startFaultyPeer({ kind: 'black-hole' });
    const { error, ms } = await timed(clientOf(peer.target).ask(ASK));
    expect(error).toMatchObject({ code: status.DEADLINE_EXCEEDED });
    expect(ms).toBeLessThan(1_000);
  });
});

describe('a slow peer', () => {
  it('is waited for within the deadline', async () => {
    await using peer = await startFaultyPeer({ kind: 'slow', everyMs: 2 }, ANSWER);
    expect(await clientOf(peer.target).ask(ASK, { timeoutMs: 1_900 })).toMatchObject({ text: 'hello' });
  });

  it('and not beyond it, however steadily its bytes come', async () => {
    await using peer = await startFaultyPeer({ kind: 'slow', everyMs: 100 }, ANSWER);
    const { error, ms } = await timed(clientOf(peer.target).ask(ASK, { timeoutMs: 250 }));
    expect(error).toMatchObject({ code: status.DEADLINE_EXCEEDED });
    expect(ms).toBeLessThan(700);
  });
});

describe('a stream that breaks', () => {
  it.each<Fault & { expected: status }>([
    { kind: 'reset', messages: 5, expected: status.INTERNAL },
    { kind: 'reset', messages: 5, code: constants.NGHTTP2_REFUSED_STREAM, expected: status.UNAVAILABLE },
    { kind: 'reset', messages: 5, code: constants.NGHTTP2_ENHANCE_YOUR_CALM, expected: status.RESOURCE_EXHAUSTED },
    { kind: 'hang-up', messages: 5, expected: status.UNAVAILABLE },
  ])('$kind, $expected: what arrived is kept, the end comes at once', async ({ expected, ...fault }) => {
    await using peer = await startFaultyPeer(fault as Fault, ITEM);
    const kept: number[] = [];
    const { error, ms } = await timed(collect(clientOf(peer.target).count({ to: 9 }, { timeoutMs: 10_000 }), kept));
    expect(kept).toEqual([7, 7, 7, 7, 7]);
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({ code: expected });
    expect(ms).toBeLessThan(2_000);
  });
});

describe('GOAWAY during calls', () => {
  it('fails no call: those under way are answered, the next ones go to a new connection', async () => {
    await using peer = await startFaultyPeer({ kind: 'goaway', everyCalls: 10 }, ANSWER);
    const client = clientOf(peer.target);
    let answered = 0;
    const caller = async (): Promise<void> => {
      for (let i = 0; i < 40; i += 1) {
        await client.read(ASK, { timeoutMs: 5_000 });
        answered += 1;
      }
    };
    await Promise.all(Array.from({ length: 5 }, caller));
    expect(answered).toBe(200);
    expect(peer.connections()).toBeGreaterThan(5);
  });
});

describe('an answer that is none', () => {
  const cases: (Omit<Fault & { kind: 'answer' }, 'kind'> & { what: string; code: status })[] = [
    { what: 'no grpc-status', trailers: {}, code: status.INTERNAL },
    { what: 'a grpc-status that is no number', trailers: { 'grpc-status': 'abc' }, code: status.UNKNOWN },
    { what: 'a grpc-status that nobody defined', trailers: { 'grpc-status': '99' }, code: status.UNKNOWN },
    { what: 'HTTP 500', headers: { ':status': 500 }, trailers: {}, code: status.UNKNOWN },
    { what: 'HTTP 503', headers: { ':status': 503 }, trailers: {}, code: status.UNAVAILABLE },
    { what: 'HTTP 404', headers: { ':status': 404 }, trailers: {}, code: status.UNIMPLEMENTED },
    { what: 'HTTP 401', headers: { ':status': 401 }, trailers: {}, code: status.UNAUTHENTICATED },
    {
      what: 'a length beyond the limit',
      body: grpcFrame(ANSWER, { length: 0x7fffffff }),
      code: status.RESOURCE_EXHAUSTED,
    },
    { what: 'bytes that are no message', body: grpcFrame(Buffer.alloc(20, 0xff)), code: status.INTERNAL },
    {
      what: 'details that are none',
      trailers: { 'grpc-status': '5', 'grpc-status-details-bin': '/////w' },
      code: status.NOT_FOUND,
    },
  ];

  it.each(cases)('$what', async ({ code, what, ...fault }) => {
    await using peer = await startFaultyPeer({ kind: 'answer', ...fault }, ANSWER);
    const { error, ms } = await timed(clientOf(peer.target).ask(ASK, { timeoutMs: 1_500 }));
    expect(error).toBeInstanceOf(RemoteError);
    expect({ what, code: error.code }).toEqual({ what, code });
    expect(ms).toBeLessThan(1_400);
  });
});
