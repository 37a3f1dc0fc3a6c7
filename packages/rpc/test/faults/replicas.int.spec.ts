import { afterEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { createClient, openChannel, type Channel, type RemoteError, type RpcClient } from '../../src/index.ts';
import { ProbeServiceDefinition } from '../gen/exempla/rpctest/v1/probe_service.ts';
import { startReplica, type Replica } from './replicas.ts';

const ASK = { behaviour: 'answer' };
const LIMIT = { timeoutMs: 5_000 };

const channels: Channel[] = [];
afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
});

function clientOf(...replicas: Replica[]): RpcClient<typeof ProbeServiceDefinition> {
  const channel = openChannel(`ipv4:${replicas.map(({ port }) => `127.0.0.1:${port}`).join(',')}`, [
    ProbeServiceDefinition,
  ]);
  channels.push(channel);
  return createClient(ProbeServiceDefinition, channel);
}

describe('a replica that is killed', () => {
  it('ends its streams with UNAVAILABLE at once; what they had received is kept', async () => {
    await using replica = await startReplica('a');
    const kept: number[] = [];
    let end: RemoteError | undefined;
    let killedAt = 0;
    try {
      for await (const { value } of clientOf(replica).count({ to: 50, failAfter: -1 }, { timeoutMs: 20_000 })) {
        kept.push(value);
        if (value === 50) {
          killedAt = performance.now();
          void replica.end('SIGKILL');
        }
      }
    } catch (error) {
      end = error as RemoteError;
    }
    expect(end).toMatchObject({ code: status.UNAVAILABLE });
    expect(performance.now() - killedAt).toBeLessThan(2_000);
    expect(kept).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });
});

describe('one bad replica of three', () => {
  it('is left out after a while: then no call fails, and reads do not fail even before', async () => {
    await using a = await startReplica('a');
    await using b = await startReplica('b');
    await using bad = await startReplica('bad', { bad: true });
    const client = clientOf(a, b, bad);
    const codes: number[] = [];
    // Long enough for each replica to show what it is, in more than one interval of the detection.
    const detected = performance.now() + 2_500;
    while (performance.now() < detected) codes.push(await codeOf(client.ask(ASK, { timeoutMs: 1_900 })));
    expect(codes).toContain(status.UNAVAILABLE);
    const after = new Map<string, number>();
    for (let i = 0; i < 300; i += 1) {
      const { text } = await client.ask(ASK, { timeoutMs: 1_900 });
      after.set(text, (after.get(text) ?? 0) + 1);
    }
    expect([...after.keys()].toSorted()).toEqual(['a', 'b']);
    expect(after.get('a')! + after.get('b')!).toBe(300);
  });

  it('an idempotent call is repeated elsewhere: none fails, from the first on', async () => {
    await using a = await startReplica('a');
    await using b = await startReplica('b');
    await using bad = await startReplica('bad', { bad: true });
    const client = clientOf(a, b, bad);
    // Fewer failed tries than the throttle has tokens to spare.
    for (let i = 0; i < 18; i += 1) expect((await client.read(ASK, LIMIT)).text).toMatch(/^[ab]$/);
  });
});

describe('drain under load', () => {
  it('fails no idempotent call while one of two replicas goes, and it exits 0', async () => {
    await using staying = await startReplica('staying');
    await using leaving = await startReplica('leaving');
    const client = clientOf(staying, leaving);
    const seen: Record<string, number> = {};
    const codes: number[] = [];
    let exit: Promise<number | null> | undefined;
    let exited = false;
    let callsAfter = 0;
    const caller = async (): Promise<void> => {
      for (let i = 0; i < 3_000 && callsAfter < 100; i += 1) {
        try {
          const { text } = await client.read(ASK, LIMIT);
          seen[text] = (seen[text] ?? 0) + 1;
        } catch (error) {
          codes.push((error as RemoteError).code);
        }
        if (exited) callsAfter += 1;
        if (seen['leaving']! > 50) exit ??= leaving.end('SIGTERM').finally(() => (exited = true));
      }
    };
    await Promise.all(Array.from({ length: 10 }, caller));
    expect(codes).toEqual([]);
    expect(await exit).toBe(0);
    expect(callsAfter).toBeGreaterThanOrEqual(100);
    expect(seen['leaving']).toBeGreaterThan(50);
  });
});

const codeOf = (call: Promise<unknown>): Promise<number> =>
  call.then(
    () => status.OK,
    (error: RemoteError) => error.code,
  );
