import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startOurs, type OurServer } from './our-server.ts';
import { connectOurs, type InteropClient } from './peers.ts';

/** Minutes for each case; without it a short form of so many iterations. */
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 0);
const SHORT_ITERATIONS = 100;
/** As gRPC's own soak tests: a large unary call, each with a limit to how long it may take; in short a limit to hanging only. */
const LIMIT_MS = MINUTES > 0 ? 1_000 : 10_000;
const REQUEST = { responseSize: 314_159, payload: { body: Buffer.alloc(271_828) } };

/** Runs iterations until the time or their number is up; gives what went wrong. */
async function soak(iteration: () => Promise<void>): Promise<{ iterations: number; failures: string[] }> {
  const failures: string[] = [];
  const end = performance.now() + MINUTES * 60_000;
  let iterations = 0;
  while (MINUTES > 0 ? performance.now() < end : iterations < SHORT_ITERATIONS) {
    iterations += 1;
    const begin = performance.now();
    try {
      await iteration();
      const ms = Math.round(performance.now() - begin);
      if (ms > LIMIT_MS) failures.push(`iteration ${iterations} took ${ms} ms`);
    } catch (error) {
      failures.push(`iteration ${iterations}: ${String(error)}`);
    }
  }
  return { iterations, failures };
}

async function largeUnary({ test }: InteropClient): Promise<void> {
  const { payload } = await test.unaryCall(REQUEST, { timeoutMs: 10_000 });
  if (payload?.body.length !== REQUEST.responseSize) throw new Error(`${payload?.body.length} bytes came`);
}

describe('soak', () => {
  let server: OurServer;
  beforeAll(async () => {
    server = await startOurs();
  });
  afterAll(async () => server[Symbol.asyncDispose]());

  it(
    'rpc_soak: one channel for all calls',
    async () => {
      const client = connectOurs(server.target);
      const { iterations, failures } = await soak(() => largeUnary(client));
      client.close();
      expect(failures).toEqual([]);
      expect(iterations).toBeGreaterThanOrEqual(SHORT_ITERATIONS);
    },
    60_000 * (MINUTES + 1),
  );

  it(
    'channel_soak: a channel for each call',
    async () => {
      const { iterations, failures } = await soak(async () => {
        const client = connectOurs(server.target);
        await largeUnary(client).finally(() => client.close());
      });
      expect(failures).toEqual([]);
      expect(iterations).toBeGreaterThanOrEqual(SHORT_ITERATIONS);
    },
    60_000 * (MINUTES + 1),
  );
});
