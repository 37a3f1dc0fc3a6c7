import { describe, expect, it } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { connect } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { eventually } from '@exempla/testing';
import { createClient, openChannel, type Channel, type RemoteError } from '../src/index.ts';
import { KEEPALIVE } from '../src/client/channel.ts';
import { startRelay } from './interop/relay.ts';
import { callWithoutTimer, statusTold } from './caller-without-timer.ts';
import { ProbeServiceDefinition, WatchRequest } from './gen/exempla/rpctest/v1/probe_service.ts';
import { failure, startProbe, type ProbeSetup } from './probe-server.ts';

const resume = (_: { after?: number }, last: { value: number }): { after: number } => ({ after: last.value });
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** One client of all these servers. */
function clientOf(...setups: ProbeSetup[]): { client: ProbeSetup['client']; channel: Channel } {
  const target = `ipv4:${setups.map(({ server }) => `127.0.0.1:${server.port}`).join(',')}`;
  const channel = openChannel(target, [ProbeServiceDefinition]);
  return { client: createClient(ProbeServiceDefinition, channel), channel };
}

describe('a watch that is resumed', () => {
  it('shows every number once while the replicas drain one after the other', async () => {
    await using one = await startProbe();
    await using two = await startProbe();
    await using three = await startProbe();
    const { client, channel } = clientOf(one, two, three);
    const seen: number[] = [];
    const replicas = [one, two, three];
    let drained: Promise<void>[] = [];
    for await (const { value } of client.watch({}, { resume })) {
      seen.push(value);
      if (value % 50 === 0 && drained.length < 2) {
        const serving = replicas.find((setup) => setup.server.inFlight() > 0)!;
        replicas.splice(replicas.indexOf(serving), 1);
        drained = [...drained, serving.server.stop()];
      }
      if (value === 200) break;
    }
    await Promise.all(drained);
    expect(seen).toEqual(upTo(200));
    const begun = [one, two, three].flatMap((setup) => setup.probe.watchedAfter);
    expect(begun).toHaveLength(3);
    channel.close();
  });

  it('does not hold up the drain, and its end is no error of the server', async () => {
    await using setup = await startProbe();
    const watching = failure<RemoteError>(take(setup.client.watch({ after: -1 })));
    await eventually('watched', () => setup.probe.watchedAfter.length === 1);
    const begin = performance.now();
    await setup.server.stop();
    expect(performance.now() - begin).toBeLessThan(800);
    expect(await watching).toMatchObject({ code: status.UNAVAILABLE, reason: 'WATCH_ENDED' });
    expect(setup.log.spans().map((span) => span.status)).toEqual(['OK']);
    expect(setup.log.lines.find((line) => line.event === 'stopped')).toMatchObject({ callsEnded: 0 });
  });

  it('is told by the server that the time of one watch is up, a little before it is', async () => {
    await using setup = await startProbe();
    const session = connect(`http://${setup.channel.target}`);
    try {
      const request = WatchRequest.encode({ after: -1 }).finish();
      const watching = callWithoutTimer(session, '/exempla.rpctest.v1.ProbeService/Watch', { request, timeoutMs: 500 });
      expect(await statusTold(watching)).toBe(status.UNAVAILABLE);
    } finally {
      session.destroy();
    }
  });

  it('ends with timeoutMs as a whole, and with the signal at once', async () => {
    await using setup = await startProbe();
    const begin = performance.now();
    await failure(take(setup.client.watch({ after: -1 }, { resume, timeoutMs: 400 })));
    expect(performance.now() - begin).toBeLessThan(1_000);
    const stop = new AbortController();
    const watching = failure<Error>(take(setup.client.watch({ after: -1 }, { resume, signal: stop.signal })));
    await eventually('watched', () => setup.probe.watchedAfter.length >= 2);
    stop.abort(new Error('enough'));
    expect((await watching).message).toBe('enough');
    await eventually('nothing under way', () => setup.server.inFlight() === 0);
  });

  it('stops between two tries when the signal aborts', async () => {
    const setup = await startProbe();
    const stop = new AbortController();
    const watching = failure<Error>(take(setup.client.watch({ after: -1 }, { resume, signal: stop.signal })));
    await eventually('watched', () => setup.probe.watchedAfter.length === 1);
    await setup.server.stop();
    stop.abort(new Error('enough'));
    expect((await watching).message).toBe('enough');
    await setup[Symbol.asyncDispose]();
  });

  it('lets any other error through', async () => {
    await using setup = await startProbe({ env: {} });
    const error = await failure<RemoteError>(take(setup.client.watch({}, { resume })));
    expect(error.code).toBe(status.UNAUTHENTICATED);
  });
});

describe('a watch whose connection has gone silent', () => {
  it('goes on over a new one: the silence is noticed by what nobody answers', async () => {
    await using setup = await startProbe();
    await using relay = await startRelay(setup.channel.target);
    expect(KEEPALIVE['grpc.keepalive_time_ms']).toBeLessThanOrEqual(30_000);
    const soon = Object.fromEntries(Object.keys(KEEPALIVE).map((name) => [name, 200]));
    const channel = openChannel(relay.target, [ProbeServiceDefinition], soon);
    const seen: number[] = [];
    for await (const { value } of createClient(ProbeServiceDefinition, channel).watch({}, { resume })) {
      seen.push(value);
      if (value === 20) relay.silence();
      if (value === 60) break;
    }
    expect(seen).toEqual(upTo(60));
    expect(setup.probe.watchedAfter.length).toBeGreaterThan(1);
    channel.close();
  });
});

describe('a connection that has become old', () => {
  it('is renewed without a failed call, and its watches go on', async () => {
    await using setup = await startProbe({ env: { EXEMPLA_DEV: '1', EXEMPLA_MAX_CONNECTION_AGE_MS: '150' } });
    let connections = 0;
    const count = (): void => void (connections += 1);
    subscribe('net.server.socket', count);
    const seen: number[] = [];
    const stop = new AbortController();
    const watching = (async () => {
      for await (const { value } of setup.client.watch({}, { resume, signal: stop.signal })) seen.push(value);
    })();
    const end = Date.now() + 1_500;
    let calls = 0;
    while (Date.now() < end) {
      const answers = await Promise.all([1, 2, 3].map(() => setup.client.ask({ behaviour: 'answer' })));
      calls += answers.length;
    }
    stop.abort(new Error('enough'));
    await failure(watching);
    expect(calls).toBeGreaterThan(50);
    unsubscribe('net.server.socket', count);
    expect(connections).toBeGreaterThan(4);
    expect(setup.probe.watchedAfter.length).toBeGreaterThan(1);
    expect(seen).toEqual(upTo(seen.length));
  });
});

describe('a call on a connection that becomes old', () => {
  it('has its time to finish', async () => {
    await using setup = await startProbe({ env: { EXEMPLA_DEV: '1', EXEMPLA_MAX_CONNECTION_AGE_MS: '100' } });
    let connections = 0;
    const count = (): void => void (connections += 1);
    subscribe('net.server.socket', count);
    const held = setup.client.ask({ behaviour: 'held' }, { timeoutMs: 2_000 });
    await eventually('others go by a new connection', async () => {
      await setup.client.ask({ behaviour: 'answer' });
      return connections > 1;
    });
    unsubscribe('net.server.socket', count);
    setup.probe.release.open();
    expect((await held).text).toBe('released');
  });
});

describe('idle watches', () => {
  it('do not count among the calls of the in-flight limit', async () => {
    await using setup = await startProbe({ serve: { maxInFlight: 2 } });
    const watching = Array.from({ length: 5 }, () => failure(take(setup.client.watch({ after: -1 }))));
    await eventually('five watches', () => setup.probe.watchedAfter.length === 5);
    expect(setup.server.inFlight()).toBe(5);
    expect((await setup.client.ask({ behaviour: 'answer' })).text).toBe('hello');
    await setup.server.stop();
    await Promise.all(watching);
  });

  it('have a limit of their own: one more is refused, and calls are not', async () => {
    await using setup = await startProbe({ env: { EXEMPLA_DEV: '1', EXEMPLA_MAX_WATCHES: '2' } });
    const leave = new AbortController();
    const options = { signal: leave.signal };
    const watching = [1, 2].map(() => failure(take(setup.client.watch({ after: -1 }, options))));
    await eventually('two watches', () => setup.probe.watchedAfter.length === 2);
    const refused = { code: status.RESOURCE_EXHAUSTED, reason: 'SERVER_OVERLOADED', metadata: { max_watches: '2' } };
    expect(await failure(take(setup.client.watch({ after: -1 })))).toMatchObject(refused);
    expect(setup.probe.watchedAfter).toHaveLength(2);
    expect((await setup.client.ask({ behaviour: 'answer' })).text).toBe('hello');
    leave.abort(new Error('left'));
    await Promise.all(watching);
    await eventually('there is room', () => setup.server.inFlight() === 0);
    expect((await first(setup.client.watch({ after: 0 }))).value).toBe(1);
  });
});

async function first<T>(messages: AsyncIterable<T>): Promise<T> {
  for await (const message of messages) return message;
  throw new Error('there was none');
}

async function take(messages: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of messages);
}
