import { describe, expect, it } from '@jest/globals';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { eventually, gate, nothingMore, openHandles } from '@exempla/testing';
import { checkHealth, type RemoteError } from '../src/index.ts';
import { LATE_LOOP_FLOOR } from '../src/server/admission.ts';
import { LAG_LIMIT_MS } from '../src/server/loop-lag.ts';
import { askBytes, bareAsk, failure, startProbe, type ProbeSetup } from './probe-server.ts';

const limit = (maxInFlight: number): { serve: { maxInFlight: number } } => ({ serve: { maxInFlight } });

/** Calls whose handlers stand until `probe.release` opens; not of a method whose maximum is shorter than a busy machine. */
async function hold(setup: ProbeSetup, count: number): Promise<Promise<unknown>[]> {
  const before = setup.server.inFlight();
  const calls = Array.from({ length: count }, () => setup.client.read({ behaviour: 'held' }, { timeoutMs: 60_000 }));
  await eventually(`${count} calls held`, () => setup.server.inFlight() === before + count);
  return calls;
}

/** Turns the event loop late, `turns` times. */
async function blockLoop(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    const end = performance.now() + LAG_LIMIT_MS + 150;
    while (performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

describe('the in-flight limit', () => {
  it('refuses the next call before its handler, and says when to come back', async () => {
    await using setup = await startProbe(limit(3));
    const held = await hold(setup, 3);
    const served = setup.probe.contexts.length;
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'answer' }));
    expect(error).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      reason: 'SERVER_OVERLOADED',
      domain: 'rpc.exempla',
      metadata: { max_in_flight: '3' },
    });
    expect(error.details.retryAfterMs).toBeGreaterThanOrEqual(500);
    expect(setup.probe.contexts).toHaveLength(served);
    // Bytes that are no message are not looked at.
    const unread = (await bareAsk(setup.bare, Buffer.from([0xff]))) as ServiceError;
    expect(unread.code).toBe(status.RESOURCE_EXHAUSTED);
    expect(unread.metadata.get('grpc-retry-pushback-ms')[0]).toMatch(/^\d+$/);
    setup.probe.release.open();
    await Promise.all(held);
  });

  it('refuses each kind of stream too', async () => {
    await using setup = await startProbe(limit(1));
    const held = await hold(setup, 1);
    const { client } = setup;
    async function* endless(): AsyncGenerator<{ value: number; text: string }> {
      for (let value = 0; value < 1e6; value += 1) yield { value, text: 'x' };
    }
    const patient = { timeoutMs: 60_000 };
    const kinds = [
      client.sum(endless(), patient),
      drain(client.count({ to: 1 }, patient)),
      drain(client.echo(endless(), patient)),
    ];
    for (const call of kinds)
      expect(await failure(call)).toMatchObject({ code: status.RESOURCE_EXHAUSTED, reason: 'SERVER_OVERLOADED' });
    expect(setup.server.refused()).toBe(3);
    setup.probe.release.open();
    await Promise.all(held);
  });

  it('takes calls again as soon as there is room, and leaks nothing', async () => {
    await using setup = await startProbe(limit(5));
    await setup.client.ask({ behaviour: 'answer' });
    const before = openHandles();
    for (let round = 0; round < 3; round += 1) {
      const held = await hold(setup, 5);
      const flood = Array.from({ length: 100 }, () =>
        failure<RemoteError>(setup.client.ask({ behaviour: 'answer' }, { timeoutMs: 60_000 })),
      );
      for (const error of await Promise.all(flood)) expect(error.reason).toBe('SERVER_OVERLOADED');
      setup.probe.release.open();
      await Promise.all(held);
      setup.probe.release = gate();
      await eventually('room', () => setup.server.inFlight() === 0);
      expect(await setup.client.ask({ behaviour: 'answer' })).toMatchObject({ text: 'hello' });
    }
    await eventually('no call under way', () => setup.server.inFlight() === 0);
    await nothingMore(async () => openHandles(), before);
    expect(setup.server.refused()).toBe(300);
  });

  it('never refuses health, and tells of an overload once at its start and once at its end', async () => {
    await using setup = await startProbe(limit(1));
    const held = await hold(setup, 1);
    for (let i = 0; i < 4; i += 1) await failure(setup.client.ask({ behaviour: 'answer' }));
    expect(await checkHealth(setup.channel)).toBe('SERVING');
    setup.probe.release.open();
    await Promise.all(held);
    await eventually('the end is told', () => events(setup).includes('overload-over'));
    expect(events(setup)).toEqual(['overloaded', 'overload-over']);
    expect(setup.log.lines.find((line) => line.event === 'overload-over')).toMatchObject({ refused: 4 });
  });

  it('is read from EXEMPLA_MAX_IN_FLIGHT, which has to be a number', async () => {
    await using setup = await startProbe({ env: { EXEMPLA_DEV: '1', EXEMPLA_MAX_IN_FLIGHT: '1' } });
    const held = await hold(setup, 1);
    expect(await failure(setup.client.ask({ behaviour: 'answer' }))).toMatchObject({ reason: 'SERVER_OVERLOADED' });
    setup.probe.release.open();
    await Promise.all(held);
    await expect(startProbe({ env: { EXEMPLA_MAX_IN_FLIGHT: 'many' } })).rejects.toThrow(/EXEMPLA_MAX_IN_FLIGHT/);
  });

  it('a client of grpc-js that retries RESOURCE_EXHAUSTED waits as long as it was told', async () => {
    await using setup = await startProbe(limit(1));
    const held = await hold(setup, 1);
    const retryPolicy = {
      maxAttempts: 2,
      initialBackoff: '0.01s',
      maxBackoff: '0.01s',
      backoffMultiplier: 1,
      retryableStatusCodes: ['RESOURCE_EXHAUSTED'],
    };
    const config = { methodConfig: [{ name: [{}], retryPolicy }], loadBalancingConfig: [] };
    const retrying = new Client(`127.0.0.1:${setup.server.port}`, credentials.createInsecure(), {
      'grpc.service_config': JSON.stringify(config),
    });
    const begin = performance.now();
    const call = bareAsk(retrying, askBytes('answer'), { deadline: Date.now() + 5_000, metadata: new Metadata() });
    await eventually('refused', () => setup.server.refused() === 1);
    setup.probe.release.open();
    expect(await call).toMatchObject({ text: 'hello' });
    expect(performance.now() - begin).toBeGreaterThan(450);
    retrying.close();
    await Promise.all(held);
  });
});

describe('a late event loop', () => {
  it('refuses above the floor, and within 2 s of turning in time takes calls again', async () => {
    await using setup = await startProbe();
    const held = await hold(setup, LATE_LOOP_FLOOR);
    await blockLoop(3);
    expect(await failure(setup.client.ask({ behaviour: 'answer' }))).toMatchObject({ reason: 'SERVER_OVERLOADED' });
    const begin = performance.now();
    await eventually('a call is taken', async () => {
      const answered = await setup.client.ask({ behaviour: 'answer' }).then(
        () => true,
        () => false,
      );
      return answered;
    });
    expect(performance.now() - begin).toBeLessThan(2_000);
    setup.probe.release.open();
    await Promise.all(held);
  });

  it('goes on serving a few calls', async () => {
    await using setup = await startProbe();
    const held = await hold(setup, LATE_LOOP_FLOOR - 2);
    await blockLoop(3);
    expect(await setup.client.ask({ behaviour: 'answer' })).toMatchObject({ text: 'hello' });
    expect(setup.server.refused()).toBe(0);
    setup.probe.release.open();
    await Promise.all(held);
  });
});

const events = ({ log }: ProbeSetup): unknown[] =>
  log.lines.map((line) => line.event).filter((event) => String(event).startsWith('overload'));

async function drain(messages: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of messages);
}
