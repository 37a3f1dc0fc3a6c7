import { afterEach, describe, expect, it } from '@jest/globals';
import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { createClient, openChannel, type Channel, type RemoteError } from '../src/index.ts';
import { judgedByFaults } from '../src/client/replica-faults.ts';
import { serviceConfig, serviceConfigOptions } from '../src/client/service-config.ts';
import { AskResponse, ProbeServiceDefinition } from './gen/exempla/rpctest/v1/probe_service.ts';
import { failure } from './probe-server.ts';

const servers: Server[] = [];
const channels: Channel[] = [];
afterEach(() => {
  for (const channel of channels.splice(0)) channel.close();
  for (const server of servers.splice(0)) server.forceShutdown();
});

type Answer = (call: number) => status;

/** A bare server that answers the n-th call of a method with the status `answer` says; counts the calls. */
async function flakyServer(answer: Answer): Promise<{ port: number; calls: () => number }> {
  let calls = 0;
  const server = new Server();
  const method = (name: string) => ({
    path: `/exempla.rpctest.v1.ProbeService/${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: () => Buffer.alloc(0),
    requestDeserialize: () => ({}),
    responseSerialize: (text: string) => Buffer.from(AskResponse.encode({ text, deadlineLeftMs: 0n }).finish()),
    responseDeserialize: () => ({}),
  });
  const handle = (_: ServerUnaryCall<unknown, string>, reply: sendUnaryData<string>): void => {
    calls += 1;
    const code = answer(calls);
    if (code === status.OK) reply(null, `call ${calls}`);
    else reply({ code, details: 'not now' });
  };
  server.addService({ ask: method('Ask'), read: method('Read') }, { ask: handle, read: handle });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  servers.push(server);
  return { port, calls: () => calls };
}

function clientOf(target: string) {
  const channel = openChannel(target, [ProbeServiceDefinition]);
  channels.push(channel);
  return createClient(ProbeServiceDefinition, channel);
}

describe('retry', () => {
  it('repeats an idempotent method while its server is UNAVAILABLE', async () => {
    const server = await flakyServer((call) => (call <= 2 ? status.UNAVAILABLE : status.OK));
    const reply = await clientOf(`127.0.0.1:${server.port}`).read({ behaviour: 'answer' }, { timeoutMs: 5_000 });
    expect(reply.text).toBe('call 3');
    expect(server.calls()).toBe(3);
  });

  it('never repeats a method that its proto does not call idempotent', async () => {
    const server = await flakyServer(() => status.UNAVAILABLE);
    const error = await failure<RemoteError>(
      clientOf(`127.0.0.1:${server.port}`).ask({ behaviour: 'answer' }, { timeoutMs: 1_500 }),
    );
    expect(error.code).toBe(status.UNAVAILABLE);
    expect(server.calls()).toBe(1);
  });

  it.each([
    status.INTERNAL,
    status.NOT_FOUND,
    status.INVALID_ARGUMENT,
    status.RESOURCE_EXHAUSTED,
    status.DEADLINE_EXCEEDED,
  ])('never repeats status %i', async (code) => {
    const server = await flakyServer(() => code);
    expect(
      await failure<RemoteError>(clientOf(`127.0.0.1:${server.port}`).read({ behaviour: 'answer' })),
    ).toMatchObject({ code });
    expect(server.calls()).toBe(1);
  });

  it('gives up after four tries, and the deadline ends all of them', async () => {
    const server = await flakyServer(() => status.UNAVAILABLE);
    const error = await failure<RemoteError>(
      clientOf(`127.0.0.1:${server.port}`).read({ behaviour: 'answer' }, { timeoutMs: 5_000 }),
    );
    expect(error.code).toBe(status.UNAVAILABLE);
    expect(server.calls()).toBe(4);
  });

  it('stops when most calls fail anyway: the tokens are used up', async () => {
    const server = await flakyServer(() => status.UNAVAILABLE);
    const client = clientOf(`127.0.0.1:${server.port}`);
    for (let i = 0; i < 8; i += 1) await failure(client.read({ behaviour: 'answer' }, { timeoutMs: 5_000 }));
    const before = server.calls();
    await failure(client.read({ behaviour: 'answer' }, { timeoutMs: 5_000 }));
    expect(server.calls() - before).toBe(1);
  });
});

describe('balancing', () => {
  it('goes round the addresses of a target', async () => {
    const pair = [await flakyServer(() => status.OK), await flakyServer(() => status.OK)];
    const client = clientOf(`ipv4:${pair.map(({ port }) => `127.0.0.1:${port}`).join(',')}`);
    for (let i = 0; i < 10; i += 1) await client.ask({ behaviour: 'answer' }, { timeoutMs: 1_500 });
    // The first calls may go before both are connected.
    for (const { calls } of pair) expect(calls()).toBeGreaterThanOrEqual(3);
  });

  it('answers while one of three replicas is not there at all', async () => {
    const up = [await flakyServer(() => status.OK), await flakyServer(() => status.OK)];
    const client = clientOf(`ipv4:127.0.0.1:1,${up.map(({ port }) => `127.0.0.1:${port}`).join(',')}`);
    for (let i = 0; i < 20; i += 1)
      expect((await client.read({ behaviour: 'answer' }, { timeoutMs: 2_000 })).text).toMatch(/^call/);
  });
});

describe('replicas that answer everything, if only with refusals', () => {
  it('are not left out: what callers get wrong, give up or do not find says nothing of a replica', async () => {
    const refusals = [
      status.NOT_FOUND,
      status.INVALID_ARGUMENT,
      status.ABORTED,
      status.CANCELLED,
      status.RESOURCE_EXHAUSTED,
      status.PERMISSION_DENIED,
    ];
    const answer: Answer = (call) => refusals[call % refusals.length]!;
    const pair = [await flakyServer(answer), await flakyServer(answer)];
    const client = clientOf(`ipv4:${pair.map(({ port }) => `127.0.0.1:${port}`).join(',')}`);
    // The detection looks once a second.
    const looked = performance.now() + 2_200;
    while (performance.now() < looked) await failure(client.ask({ behaviour: 'answer' }, { timeoutMs: 2_000 }));
    const before = pair.map(({ calls }) => calls());
    for (let i = 0; i < 40; i += 1) await failure(client.ask({ behaviour: 'answer' }, { timeoutMs: 2_000 }));
    expect(pair.map(({ calls }, index) => calls() - before[index]!)).toEqual([20, 20]);
  });
});

describe('the policy', () => {
  it('names the idempotent methods, and no other', () => {
    const { methodConfig } = serviceConfig([ProbeServiceDefinition]);
    expect(methodConfig.map(({ name }) => name)).toEqual([
      [{ service: 'exempla.rpctest.v1.ProbeService', method: 'Read' }],
    ]);
  });

  it('one that grpc-js cannot read stops the program with the reason, where grpc-js would do without', () => {
    const misread = { outlier_detection: { interval: '10s', child_policy: [{ round_robin: {} }] } };
    for (const policy of [misread, judgedByFaults(misread)])
      expect(() => serviceConfigOptions({ methodConfig: [], loadBalancingConfig: [policy] })).toThrow(/interval/);
  });
});
