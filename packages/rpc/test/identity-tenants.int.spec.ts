import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { Barrier, recordingLogger } from '@exempla/testing';
import {
  createClient,
  currentCall,
  openChannel,
  RemoteError,
  RpcMethod,
  startServer,
  type RpcClient,
} from '../src/index.ts';
import { IDENTITY_HEADER } from '../src/identity/mesh-token.ts';
import { ProbeServiceDefinition, type AskRequest, type AskResponse } from './gen/exempla/rpctest/v1/probe_service.ts';
import { payloadOf, startIssuer } from './identity-tokens.ts';
import { probeImage } from './probe-server.ts';

const TENANTS = 50;
const CALLS = 1_000;

const digest = (tenant: string): string => createHash('sha256').update(tenant).digest('hex');

/** Ask alone, with the default deadline of 10 s: a thousand calls that wait for each other take their time. */
const { requestType, responseType } = ProbeServiceDefinition.methods.ask;
const Definition = {
  ...ProbeServiceDefinition,
  methods: {
    ask: { name: 'Ask', requestType, requestStream: false, responseType, responseStream: false, options: {} },
  },
} as const;

type Ask = (request: AskRequest) => Promise<string>;

async function start(service: string, env: NodeJS.ProcessEnv, ask: (log: ReturnType<typeof recordingLogger>) => Ask) {
  const log = recordingLogger(service);
  const handle = ask(log);
  @Controller()
  class AskController {
    @RpcMethod(Definition, 'ask')
    async ask(request: AskRequest): Promise<AskResponse> {
      return { text: await handle(request), deadlineLeftMs: 0n };
    }
  }
  @Module({ controllers: [AskController] })
  class AskModule {}
  const server = await startServer({
    service,
    host: '127.0.0.1',
    port: 0,
    module: AskModule,
    definitions: [Definition],
    image: await probeImage(),
    errors: { domain: 'probe.test', codes: {} },
    logger: log.logger,
    env: { ...env, EXEMPLA_MAX_IN_FLIGHT: String(2 * CALLS) },
    drainNoticeMs: 0,
  });
  const channel = openChannel(`127.0.0.1:${server.port}`);
  const dispose = async (): Promise<void> => {
    channel.close();
    await server.stop();
  };
  return { log, client: createClient(Definition, channel), [Symbol.asyncDispose]: dispose };
}

/** Asked again until it is let in: a machine without time for the process makes its loop late, and then few are. */
async function admitted<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 200; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0 || !(error instanceof RemoteError) || error.reason !== 'SERVER_OVERLOADED') throw error;
      await sleep(100);
    }
  }
}

/** What the second service saw of a call. */
const seen = (request: AskRequest) => {
  const { tenant, subject, requestId, metadata } = currentCall()!;
  const token = payloadOf(String(metadata.get(IDENTITY_HEADER)[0]));
  return { tenant, subject, requestId, payload: request.behaviour, inToken: [token['tenant'], token['sub']] };
};

/** Writes down whose call it is, and asks the second service the same. */
function forwarding(inner: RpcClient<typeof Definition>, together: Barrier) {
  return (log: ReturnType<typeof recordingLogger>): Ask =>
    async ({ behaviour }) => {
      await together.wait(currentCall()!.signal);
      const { text } = await admitted(() => inner.ask({ behaviour }));
      const { tenant, requestId } = currentCall()!;
      log.logger.info({ event: 'asked', tenant, requestId, payload: digest(tenant) });
      return `${digest(tenant)} ${text}`;
    };
}

describe('a thousand calls of fifty tenants, all under way at once', () => {
  it('are never mistaken: not in the reply, the spans, the log, nor by the next service (S1-07)', async () => {
    await using issuer = await startIssuer();
    const received: ReturnType<typeof seen>[] = [];
    await using inner = await start('inner', issuer.env, () => async (request) => {
      received.push(seen(request));
      return digest(currentCall()!.tenant);
    });
    const together = new Barrier(CALLS);
    await using edge = await start('edge', issuer.env, forwarding(inner.client, together));

    const tenants = Array.from({ length: TENANTS }, (_, i) => `tenant-${i}`);
    const tokens = await Promise.all(tenants.map((tenant) => issuer.token({ tenant, sub: `user-of-${tenant}` })));
    const calls = Array.from({ length: CALLS }, (_, i) => ({ requestId: `r-${i}`, tenant: tenants[i % TENANTS]! }));
    const replies = await Promise.all(
      calls.map(({ requestId, tenant }, i) => {
        const metadata = { authorization: `Bearer ${tokens[i % TENANTS]}` };
        return admitted(() => edge.client.ask({ behaviour: digest(tenant) }, { requestId, metadata }));
      }),
    );

    expect(replies.map(({ text }) => text)).toEqual(calls.map(({ tenant }) => `${digest(tenant)} ${digest(tenant)}`));
    const expected = new Map(calls.map(({ requestId, tenant }) => [requestId, tenant]));
    const tenantsOf = (lines: readonly { requestId?: unknown; tenant?: unknown }[]) =>
      new Map(lines.map(({ requestId, tenant }) => [requestId, tenant]));
    expect(tenantsOf(edge.log.spans())).toEqual(expected);
    expect(tenantsOf(inner.log.spans())).toEqual(expected);
    const asked = edge.log.lines.filter(({ event }) => event === 'asked');
    expect(tenantsOf(asked)).toEqual(expected);
    expect(asked.filter(({ tenant, payload }) => payload !== digest(String(tenant)))).toEqual([]);
    expect(new Map(received.map((one) => [one.requestId, one]))).toEqual(
      new Map(
        calls.map(({ requestId, tenant }) => {
          const subject = `user-of-${tenant}`;
          return [requestId, { tenant, subject, requestId, payload: digest(tenant), inToken: [tenant, subject] }];
        }),
      ),
    );
  }, 30_000);
});
