import { describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { currentCall, runDetached } from '../src/index.ts';
import { IDENTITY_HEADER } from '../src/identity/mesh-token.ts';
import { payloadOf, startIssuer, type Issuer } from './identity-tokens.ts';
import { startProbe, type ProbeSetup } from './probe-server.ts';

const tokenIn = ({ probe }: ProbeSetup): string => String(probe.contexts.at(-1)!.metadata.get(IDENTITY_HEADER)[0]);
const bearer = async (issuer: Issuer, change?: Record<string, unknown>) => ({
  metadata: { authorization: `Bearer ${await issuer.token(change)}` },
});

/** Three servers, the first calling the second and that the third. */
async function threeHops(issuer: Issuer) {
  const hops = [
    await startProbe({ env: issuer.env }),
    await startProbe({ env: issuer.env }),
    await startProbe({ env: issuer.env }),
  ];
  const [edge, middle, last] = hops as [ProbeSetup, ProbeSetup, ProbeSetup];
  // A server's own client leads to itself; the next server's is used in its place.
  const own = edge.client;
  edge.probe.client = { ...own, ask: () => middle.client.ask({ behaviour: 'chain' }) };
  middle.probe.client = last.client;
  const dispose = async (): Promise<void> => {
    for (const hop of hops) await hop[Symbol.asyncDispose]();
  };
  return { edge, middle, last, [Symbol.asyncDispose]: dispose };
}

describe('identity over hops', () => {
  it('keeps tenant and subject, in a token minted once by the first server', async () => {
    await using issuer = await startIssuer();
    await using hops = await threeHops(issuer);
    await hops.edge.client.ask({ behaviour: 'chain' }, await bearer(issuer));
    for (const { probe } of [hops.edge, hops.middle, hops.last])
      expect(probe.contexts).toMatchObject([{ tenant: 'acme', subject: 'ann' }]);
    expect(tokenIn(hops.last)).toBe(tokenIn(hops.middle));
    expect(hops.edge.probe.contexts[0]!.metadata.get(IDENTITY_HEADER)).toEqual([]);
    for (const { probe } of [hops.middle, hops.last]) {
      expect(probe.contexts[0]!.metadata.get('authorization')).toEqual([]);
      expect(probe.contexts[0]!.metadata.get('exempla-tenant')).toEqual([]);
    }
  });

  it('the token is for the mesh and expires 60 s after the deadline of the first call', async () => {
    await using issuer = await startIssuer();
    await using hops = await threeHops(issuer);
    await hops.edge.client.ask({ behaviour: 'chain' }, await bearer(issuer));
    const { exp, ...rest } = payloadOf(tokenIn(hops.last));
    expect(rest).toEqual({ tenant: 'acme', sub: 'ann', aud: 'mesh' });
    expect(Math.abs(Number(exp) * 1000 - hops.edge.probe.contexts[0]!.deadline.at - 60_000)).toBeLessThan(1);
  });

  it('a detached call keeps tenant and subject, and has a new token only when it outlives the old', async () => {
    await using issuer = await startIssuer();
    await using inner = await startProbe({ env: issuer.env });
    await using outer = await startProbe({ env: issuer.env });
    const tokens: string[] = [];
    const ask = async (): Promise<unknown> => {
      const reply = await inner.client.ask({ behaviour: 'answer' });
      tokens.push(tokenIn(inner));
      return reply;
    };
    outer.probe.client = {
      ...outer.client,
      ask: async () => {
        await ask();
        await runDetached(1_000, ask);
        await runDetached(600_000, async () => {
          // Longer than any credential of the call: a run that goes on when its caller has gone.
          expect(currentCall()).toMatchObject({ tenant: 'acme', subject: 'ann' });
          await turn();
          return ask();
        });
        return { text: '', deadlineLeftMs: 0n };
      },
    };
    await outer.client.ask({ behaviour: 'chain' }, await bearer(issuer));
    expect(inner.probe.contexts).toHaveLength(3);
    for (const context of inner.probe.contexts) expect(context).toMatchObject({ tenant: 'acme', subject: 'ann' });
    expect(tokens[1]).toBe(tokens[0]);
    expect(tokens[2]).not.toBe(tokens[0]);
    expect(Number(payloadOf(tokens[2]!)['exp']) * 1000 - Date.now()).toBeGreaterThan(650_000);
  });

  it('in development with a mesh key, the default tenant travels as a token', async () => {
    await using issuer = await startIssuer();
    const env = { ...issuer.env, EXEMPLA_DEV: '1', EXEMPLA_DEV_TENANT: 'local' };
    await using inner = await startProbe({ env });
    await using outer = await startProbe({ env });
    outer.probe.client = inner.client;
    await outer.client.ask({ behaviour: 'chain' });
    expect(inner.probe.contexts).toMatchObject([{ tenant: 'local', subject: 'dev' }]);
    expect(payloadOf(tokenIn(inner))).toMatchObject({ tenant: 'local', sub: 'dev', aud: 'mesh' });
  });
});
