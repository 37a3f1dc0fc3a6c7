import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import {
  channelCredentials,
  checkHealth,
  createClient,
  openChannel,
  RemoteError,
  status,
  type Channel,
  type RpcClient,
} from '../src/index.ts';
import { ProbeServiceDefinition } from './gen/exempla/rpctest/v1/probe_service.ts';
import { startIssuer } from './identity-tokens.ts';
import { failure, startProbe } from './probe-server.ts';

const file = (name: string): string => fileURLToPath(new URL(`./tls/${name}`, import.meta.url));

const SERVER = { EXEMPLA_TLS_CERT_FILE: file('server.crt'), EXEMPLA_TLS_KEY_FILE: file('server.key') };
const MTLS = { ...SERVER, EXEMPLA_TLS_CLIENT_CA_FILE: file('ca.crt') };
const TRUST = { EXEMPLA_TLS_CA_FILE: file('ca.crt') };
const CLIENT = { ...TRUST, EXEMPLA_TLS_CERT_FILE: file('client.crt'), EXEMPLA_TLS_KEY_FILE: file('client.key') };

interface Connected extends Disposable {
  channel: Channel;
  client: RpcClient<typeof ProbeServiceDefinition>;
}

/** By name: Node does not check certificates of targets that are addresses. */
async function connect(port: number, env: Record<string, string>): Promise<Connected> {
  const channel = openChannel(`localhost:${port}`, [], { credentials: await channelCredentials(env) });
  const client = createClient(ProbeServiceDefinition, channel);
  return { channel, client, [Symbol.dispose]: () => channel.close() };
}

describe('TLS', () => {
  it('serves who trusts its CA, and nobody in plain text', async () => {
    await using setup = await startProbe({ env: { EXEMPLA_DEV: '1', ...SERVER } });
    using trusting = await connect(setup.server.port, TRUST);
    expect((await trusting.client.ask({ behaviour: 'answer' })).text).toBe('hello');
    const error = await failure<RemoteError>(setup.client.ask({ behaviour: 'answer' }));
    expect(error.code).toBe(status.UNAVAILABLE);
  });

  it('with a client CA serves who shows a certificate of it, and nobody without, not even health', async () => {
    await using setup = await startProbe({ env: { EXEMPLA_DEV: '1', ...MTLS } });
    using known = await connect(setup.server.port, CLIENT);
    expect((await known.client.ask({ behaviour: 'answer' })).text).toBe('hello');
    using unknown = await connect(setup.server.port, TRUST);
    const error = await failure<RemoteError>(unknown.client.ask({ behaviour: 'answer' }));
    expect(error.code).toBe(status.UNAVAILABLE);
    await failure(checkHealth(unknown.channel));
    expect(setup.probe.contexts).toHaveLength(1);
  });
});

describe('in production', () => {
  const production = { NODE_ENV: 'production' };

  it.each<[string, Record<string, string>, RegExp]>([
    ['plain text', {}, /plain text is refused.*EXEMPLA_TLS_CERT_FILE.*TLS_MODE=terminated-by-mesh/],
    ['the development flag', { EXEMPLA_DEV: '1', ...SERVER }, /unset EXEMPLA_DEV/],
    ['half a certificate', { EXEMPLA_TLS_CERT_FILE: file('server.crt') }, /go together/],
    [
      'a file that is not there',
      { ...SERVER, EXEMPLA_TLS_KEY_FILE: '/nowhere' },
      /EXEMPLA_TLS_KEY_FILE cannot be read/,
    ],
  ])('%s stops the service, with the reason', async (_name, env, reason) => {
    await using issuer = await startIssuer();
    await expect(startProbe({ env: { ...production, ...issuer.env, ...env } })).rejects.toThrow(reason);
  });

  it('a service that knows no credential does not start, and says what to set', async () => {
    const env = { ...production, ...SERVER };
    await expect(startProbe({ env })).rejects.toThrow(/set EXEMPLA_MESH_KEY_FILE.*or EXEMPLA_JWT_KEYS_FILE/);
  });

  it.each([
    ['TLS', SERVER, TRUST],
    ['a proxy that encrypts', { TLS_MODE: 'terminated-by-mesh' }, {}],
  ])('with an identity and %s it serves', async (_name, env, trust) => {
    await using issuer = await startIssuer();
    await using setup = await startProbe({ env: { ...production, ...issuer.env, ...env } });
    using peer = await connect(setup.server.port, trust);
    const metadata = { authorization: `Bearer ${await issuer.token()}` };
    expect((await peer.client.ask({ behaviour: 'whoami' }, { metadata })).text).toMatch(/^acme /);
  });
});
