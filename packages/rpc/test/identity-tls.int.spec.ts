import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
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

/** Why a server does not start; one that does start is ended, and the test fails. */
async function refusal(env: NodeJS.ProcessEnv): Promise<string> {
  return startProbe({ env }).then(
    async (setup) => {
      await setup[Symbol.asyncDispose]();
      return 'it started';
    },
    (error: Error) => error.message,
  );
}

describe('files that do not do', () => {
  it.each<[string, string, string, RegExp]>([
    ['a short mesh key', 'EXEMPLA_MESH_KEY_FILE', 'hunter2', /EXEMPLA_MESH_KEY_FILE: .* has 7 characters; it needs 32/],
    ['no mesh key', 'EXEMPLA_MESH_KEY_FILE', '\n', /EXEMPLA_MESH_KEY_FILE: it holds no mesh key/],
    ['a secret of HMAC', 'EXEMPLA_JWT_KEYS_FILE', '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}', /secret or private key/],
    ['no keys', 'EXEMPLA_JWT_KEYS_FILE', '{}', /EXEMPLA_JWT_KEYS_FILE: holds no keys/],
    ['no JSON', 'EXEMPLA_JWT_KEYS_FILE', 'key', /EXEMPLA_JWT_KEYS_FILE: /],
  ])('%s stops the service', async (_name, variable, text, reason) => {
    await using issuer = await startIssuer();
    await writeFile(issuer.env[variable]!, text);
    expect(await refusal(issuer.env)).toMatch(reason);
  });

  it('a private key stops the service', async () => {
    await using issuer = await startIssuer();
    expect(await refusal({ ...issuer.env, EXEMPLA_JWT_KEYS_FILE: file('client.key') })).toMatch(/private key/);
  });

  it.each(['EXEMPLA_JWT_ISSUER', 'EXEMPLA_JWT_AUDIENCE'])('keys without %s stop the service', async (name) => {
    await using issuer = await startIssuer();
    expect(await refusal({ ...issuer.env, [name]: '' })).toMatch(/needs EXEMPLA_JWT_ISSUER and EXEMPLA_JWT_AUDIENCE/);
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
    expect(await refusal({ ...production, ...issuer.env, ...env })).toMatch(reason);
  });

  it('a service that knows no credential does not start, and says what to set', async () => {
    const env = { ...production, ...SERVER };
    expect(await refusal(env)).toMatch(/set EXEMPLA_MESH_KEY_FILE.*or EXEMPLA_JWT_KEYS_FILE/);
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
