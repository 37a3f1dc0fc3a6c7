import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, constants } from 'node:http2';
import { status } from '@grpc/grpc-js';
import { RemoteError } from '../src/index.ts';
import { callWithoutTimer } from './caller-without-timer.ts';
import { CountRequest } from './gen/exempla/rpctest/v1/probe_service.ts';
import { failure, startProbe, type ProbeSetup } from './probe-server.ts';

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of stream) all.push(item);
  return all;
}

describe('streams', () => {
  let setup: ProbeSetup;
  beforeEach(async () => {
    setup = await startProbe();
  });
  afterEach(async () => setup[Symbol.asyncDispose]());

  it('a server stream arrives in order and in whole', async () => {
    const values = (await collect(setup.client.count({ to: 500 }))).map((m) => m.value);
    expect(values).toEqual(Array.from({ length: 500 }, (_, i) => i + 1));
  });

  it.each([
    ['of 64 KiB', 65_536, 32],
    // Buffers hold sixteen messages on either side: of large ones, only the reader's.
    ['of a mebibyte', 1 << 20, 24],
  ])('a reader that stands still stops the producer of messages %s', async (_, payloadBytes, mebibytes) => {
    const stream = setup.client.count({ to: 10_000, payloadBytes })[Symbol.asyncIterator]();
    await stream.next();
    let before = -1;
    // The producer runs until every buffer on the way is full; then its counter must stand still for many turns.
    for (let i = 0; i < 100 && before !== setup.probe.produced; i += 1) {
      before = setup.probe.produced;
      await turns(100);
    }
    const standing = setup.probe.produced;
    await turns(500);
    expect(setup.probe.produced).toBe(standing);
    expect(standing * payloadBytes).toBeLessThan(mebibytes << 20);
    await stream.return?.(undefined);
    await setup.probe.finallyRan.promise;
  });

  it('what a standing reader has not taken is thrown away after the deadline, and its connection stays', async () => {
    const session = connect(`http://${setup.channel.target}`);
    try {
      const request = CountRequest.encode({ to: 1_000, payloadBytes: 65_536, failAfter: 0 }).finish();
      const stream = callWithoutTimer(session, '/exempla.rpctest.v1.ProbeService/Count', { request, timeoutMs: 100 });
      // A peer that neither reads nor gives up.
      stream.pause();
      stream.on('error', () => {});
      const closed = new Promise<void>((resolve) => stream.once('close', resolve));
      await setup.probe.finallyRan.promise;
      stream.once('aborted', () => stream.resume());
      await closed;
      expect(stream.rstCode).toBe(constants.NGHTTP2_CANCEL);
      expect(setup.server.inFlight()).toBe(0);
      expect(setup.log.spans()[0]).toMatchObject({ status: 'DEADLINE_EXCEEDED' });
      expect(session.destroyed).toBe(false);
    } finally {
      session.destroy();
    }
  });

  it('an error inside a stream keeps its reason, and what came before it', async () => {
    const seen: number[] = [];
    const error = await failure<RemoteError>(
      (async () => {
        for await (const { value } of setup.client.count({ to: 10, failAfter: 4 })) seen.push(value);
      })(),
    );
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(error).toMatchObject({ code: status.NOT_FOUND, reason: 'THING_MISSING', domain: 'probe.test' });
    expect(setup.log.spans()[0]).toMatchObject({ status: 'NOT_FOUND' });
  });

  it('a client stream is summed', async () => {
    const numbers = async function* (): AsyncGenerator<{ value: number }> {
      for (let value = 1; value <= 200; value += 1) yield { value };
    };
    expect((await setup.client.sum(numbers())).total).toBe(20_100n);
  });

  it('a client stream may be answered before it ends, and its source is told to stop', async () => {
    let stopped = false;
    const numbers = async function* (): AsyncGenerator<{ value: number }> {
      try {
        for (;;) yield { value: 1000 };
      } finally {
        stopped = true;
      }
    };
    expect((await setup.client.sum(numbers())).total).toBe(0n);
    await turns(5);
    expect(stopped).toBe(true);
  });

  it('a client stream whose source never waits leaves its turn to whoever cancels it', async () => {
    const leaving = new AbortController();
    let sent = 0;
    const numbers = async function* (): AsyncGenerator<{ value: number }> {
      setImmediate(() => leaving.abort(new Error('a turn')));
      for (;;) {
        sent += 1;
        yield { value: 1 };
      }
    };
    const error = await failure(setup.client.sum(numbers(), { signal: leaving.signal }));
    expect(error).toMatchObject({ message: 'a turn' });
    expect(sent).toBeLessThan(5_000);
  });

  it('a bad message inside a client stream is refused with its field', async () => {
    const numbers = async function* (): AsyncGenerator<{ value: number }> {
      yield { value: 1 };
      yield { value: -1 };
    };
    const error = await failure<RemoteError>(setup.client.sum(numbers()));
    expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' });
    expect(error.details.violations).toMatchObject([{ field: 'value', rule: 'int32.gte' }]);
  });

  it('a source that fails ends the call with its own error', async () => {
    const numbers = async function* (): AsyncGenerator<{ value: number }> {
      yield { value: 1 };
      throw new Error('the source broke');
    };
    expect(await failure(setup.client.sum(numbers()))).toMatchObject({ message: 'the source broke' });
  });

  it('a bidirectional stream echoes each message as it comes', async () => {
    const heard: string[] = [];
    const words = async function* (): AsyncGenerator<{ text: string }> {
      for (const text of ['a', 'b', 'c']) {
        yield { text };
        while (heard.at(-1) !== text) await turns(1);
      }
    };
    for await (const { text } of setup.client.echo(words())) heard.push(text);
    expect(heard).toEqual(['a', 'b', 'c']);
  });
});
