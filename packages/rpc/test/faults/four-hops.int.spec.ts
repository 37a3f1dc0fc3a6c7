import { describe, expect, it } from '@jest/globals';
import { createClient } from '../../src/index.ts';
import { methodPolicy } from '../../src/method-policy.ts';
import { ProbeServiceDefinition } from '../gen/exempla/rpctest/v1/probe_service.ts';
import { failure, startProbe, type ProbeSetup } from '../probe-server.ts';

const RESERVE_MS = methodPolicy(ProbeServiceDefinition.methods.ask).reserveMs;
/** `grpc-timeout` is in whole milliseconds, and each machine has its own clock. */
const ROUNDING_MS = 2;

/** Four servers, each of which calls the next; the last one does `behaviour`. */
async function chain(behaviour: string): Promise<AsyncDisposableStack & { hops: ProbeSetup[] }> {
  const stack = new AsyncDisposableStack();
  const hops: ProbeSetup[] = [];
  for (let i = 0; i < 4; i += 1) hops.push(stack.use(await startProbe()));
  for (const [index, hop] of hops.entries()) {
    const next = hops[index + 1];
    if (next) hop.probe.client = relaying(next, index + 1 < hops.length - 1 ? 'chain-wait' : behaviour);
  }
  return Object.assign(stack, { hops });
}

/** A client that asks a hop for `behaviour`, whatever it is asked for, and for no less time than the call has. */
function relaying({ channel }: ProbeSetup, behaviour: string): ProbeSetup['client'] {
  const client = createClient(ProbeServiceDefinition, channel);
  return { ...client, ask: () => client.ask({ behaviour }, { timeoutMs: 2_000 }) };
}

/** What each hop had left when its handler began. */
const arrivals = (hops: ProbeSetup[]): number[] =>
  hops.map(({ log }) => log.spans()[0]?.deadlineLeftMs as unknown as number);

describe('four hops deep', () => {
  it('each hop has what the one before had, less its reserve: the reserves add up', async () => {
    await using stack = await chain('answer');
    const { hops } = stack;
    expect((await hops[0]!.client.ask({ behaviour: 'chain-wait' }, { timeoutMs: 1_500 })).text).toBe('hello');
    const left = arrivals(hops);
    for (const [hop, ms] of left.entries()) {
      if (hop > 0) expect(ms).toBeLessThanOrEqual(left[hop - 1]! - RESERVE_MS + ROUNDING_MS);
    }
    expect(left[3]).toBeLessThanOrEqual(1_500 - 3 * RESERVE_MS + ROUNDING_MS);
    expect(left[3]).toBeGreaterThan(500);
  });

  it('a last hop that never answers is given up first, and every hop has its reserve left to say so', async () => {
    await using stack = await chain('deaf');
    const { hops } = stack;
    const begin = performance.now();
    await failure(hops[0]!.client.ask({ behaviour: 'chain-wait' }, { timeoutMs: 900 }));
    // 900 less three reserves, and the way back.
    const ms = performance.now() - begin;
    expect(ms).toBeGreaterThanOrEqual(900 - 3 * RESERVE_MS - 20);
    expect(ms).toBeLessThan(900 - RESERVE_MS);
  });

  it('a caller who goes away is told to all four', async () => {
    await using stack = await chain('wait');
    const { hops } = stack;
    const cancel = new AbortController();
    const gone = new Error('gone');
    const call = failure(hops[0]!.client.ask({ behaviour: 'chain-wait' }, { timeoutMs: 1_900, signal: cancel.signal }));
    await hops[3]!.probe.waiting.promise;
    cancel.abort(gone);
    expect(await call).toBe(gone);
    expect(await hops[3]!.probe.aborted.promise).toMatchObject({ reason: 'CALLER_CANCELLED' });
  });
});
