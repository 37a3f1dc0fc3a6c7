import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RemoteError, status } from '../src/index.ts';
import { hmacToken, inSeconds, MESH_KEY, startIssuer, tampered, unsigned, type Issuer } from './identity-tokens.ts';
import { failure, startProbe, type ProbeSetup } from './probe-server.ts';

type Metadata = Record<string, string>;

const ofMesh = (change: Record<string, unknown> = {}): Record<string, unknown> => ({
  tenant: 'acme',
  sub: 'ann',
  aud: 'mesh',
  exp: inSeconds(60),
  ...change,
});
const internal = (token: string): Metadata => ({ 'exempla-identity': token });
const bearer = (token: string): Metadata => ({ authorization: `Bearer ${token}` });

async function* one<T>(value: T): AsyncGenerator<T> {
  yield value;
}
async function drained(replies: AsyncIterable<unknown>): Promise<void> {
  for await (const reply of replies) void reply;
}

/** One call of each kind of method. */
const kinds: [string, (setup: ProbeSetup, metadata: Metadata) => Promise<unknown>][] = [
  ['unary', ({ client }, metadata) => client.ask({ behaviour: 'answer' }, { metadata })],
  ['server stream', ({ client }, metadata) => drained(client.count({ to: 1 }, { metadata }))],
  ['client stream', ({ client }, metadata) => client.sum(one({ value: 1 }), { metadata })],
  ['bidi', ({ client }, metadata) => drained(client.echo(one({ text: 'a' }), { metadata }))],
];

describe.each([
  ['a server that knows issuer and mesh', {}],
  ['the same in development', { EXEMPLA_DEV: '1' }],
])('%s', (_, more) => {
  let issuer: Issuer;
  let stranger: Issuer;
  let setup: ProbeSetup;
  beforeAll(async () => {
    issuer = await startIssuer();
    stranger = await startIssuer();
    setup = await startProbe({ env: { ...issuer.env, ...more } });
  });
  afterAll(async () => {
    await setup[Symbol.asyncDispose]();
    await issuer[Symbol.asyncDispose]();
    await stranger[Symbol.asyncDispose]();
  });

  const refused: [string, string, () => Promise<Metadata> | Metadata][] = [
    ['the bare tenant header', 'CREDENTIAL_MISSING', () => ({ 'exempla-tenant': 'acme' })],
    ['a mesh token of another key', 'CREDENTIAL_INVALID', () => internal(hmacToken(ofMesh(), 'x'.repeat(32)))],
    [
      'a mesh token with another tenant written in',
      'CREDENTIAL_INVALID',
      () => internal(tampered(hmacToken(ofMesh(), MESH_KEY), { tenant: 'zeta' })),
    ],
    [
      'a mesh token that expired',
      'CREDENTIAL_EXPIRED',
      () => internal(hmacToken(ofMesh({ exp: inSeconds(-1) }), MESH_KEY)),
    ],
    [
      'a mesh token without expiry',
      'CREDENTIAL_INVALID',
      () => internal(hmacToken(ofMesh({ exp: undefined }), MESH_KEY)),
    ],
    [
      'a mesh token for somebody else',
      'CREDENTIAL_INVALID',
      () => internal(hmacToken(ofMesh({ aud: 'web' }), MESH_KEY)),
    ],
    ['a mesh token that is not signed', 'CREDENTIAL_INVALID', () => internal(unsigned(ofMesh()))],
    [
      'a mesh token that says alg none over a signature',
      'CREDENTIAL_INVALID',
      () => internal(hmacToken(ofMesh(), MESH_KEY, { alg: 'none' })),
    ],
    [
      'a mesh token that names another algorithm',
      'CREDENTIAL_INVALID',
      () => internal(hmacToken(ofMesh(), MESH_KEY, { alg: 'HS512', typ: 'JWT' })),
    ],
    ['a mesh token without tenant', 'CREDENTIAL_INVALID', () => internal(hmacToken(ofMesh({ tenant: '' }), MESH_KEY))],
    ['a mesh token as bearer', 'CREDENTIAL_INVALID', () => bearer(hmacToken(ofMesh(), MESH_KEY))],
    ['a JWT as mesh token', 'CREDENTIAL_INVALID', async () => internal(await issuer.token())],
    ['a JWT of another key', 'CREDENTIAL_INVALID', async () => bearer(await stranger.token())],
    ['a JWT that expired', 'CREDENTIAL_EXPIRED', async () => bearer(await issuer.token({ exp: inSeconds(-60) }))],
    ['a JWT without expiry', 'CREDENTIAL_INVALID', async () => bearer(await issuer.token({ exp: undefined }))],
    ['a JWT for another audience', 'CREDENTIAL_INVALID', async () => bearer(await issuer.token({ aud: 'shop' }))],
    [
      'a JWT of another issuer',
      'CREDENTIAL_INVALID',
      async () => bearer(await issuer.token({ iss: 'https://evil.test' })),
    ],
    ['a JWT without tenant', 'CREDENTIAL_INVALID', async () => bearer(await issuer.token({ tenant: undefined }))],
    [
      'a JWT with a tenant that is no name',
      'CREDENTIAL_INVALID',
      async () => bearer(await issuer.token({ tenant: '../x' })),
    ],
    ['a JWT without subject', 'CREDENTIAL_INVALID', async () => bearer(await issuer.token({ sub: undefined }))],
    [
      'a JWT with another tenant written in',
      'CREDENTIAL_INVALID',
      async () => bearer(tampered(await issuer.token(), { tenant: 'zeta' })),
    ],
    [
      'a JWT that is not signed',
      'CREDENTIAL_INVALID',
      () =>
        bearer(
          unsigned({ iss: 'https://issuer.test', aud: 'exempla', sub: 'ann', tenant: 'acme', exp: inSeconds(60) }),
        ),
    ],
    [
      'a JWT signed with the public key as a secret',
      'CREDENTIAL_INVALID',
      () =>
        bearer(
          hmacToken(
            { iss: 'https://issuer.test', aud: 'exempla', sub: 'ann', tenant: 'acme', exp: inSeconds(60) },
            JSON.stringify(issuer.publicJwk),
          ),
        ),
    ],
    ['words that are no token', 'CREDENTIAL_INVALID', () => bearer('let me in')],
    ['another scheme', 'CREDENTIAL_INVALID', () => ({ authorization: 'Basic YTpi' })],
  ];

  it.each(refused)('refuses %s with %s, on every kind of method', async (_name, reason, make) => {
    const metadata = await make();
    const handled = setup.probe.contexts.length;
    for (const [kind, call] of kinds) {
      const error = await failure<RemoteError>(call(setup, metadata));
      expect([kind, error.code, error.reason]).toEqual([kind, status.UNAUTHENTICATED, reason]);
    }
    expect(setup.probe.contexts).toHaveLength(handled);
  });

  it.each(kinds)('takes a good JWT and a good mesh token on %s methods', async (_name, call) => {
    await expect(call(setup, bearer(await issuer.token()))).resolves.not.toThrow();
    await expect(call(setup, internal(hmacToken(ofMesh(), MESH_KEY)))).resolves.not.toThrow();
  });
});

describe('algorithms', () => {
  it.each([
    ['EdDSA', 'OK'],
    ['ES256', 'OK'],
    ['RS256', 'OK'],
    ['ES384', 'CREDENTIAL_INVALID'],
    ['PS256', 'CREDENTIAL_INVALID'],
  ])('a JWT of %s by the issuer: %s', async (alg, expected) => {
    await using issuer = await startIssuer(alg);
    await using setup = await startProbe({ env: issuer.env });
    const call = setup.client.ask({ behaviour: 'answer' }, { metadata: bearer(await issuer.token()) });
    const told = await call.then(
      () => 'OK',
      (error: RemoteError) => error.reason,
    );
    expect(told).toBe(expected);
  });
});

describe('a refusal', () => {
  it('is the same for every way in which a signature can fail', async () => {
    await using issuer = await startIssuer();
    await using stranger = await startIssuer('ES256');
    await using setup = await startProbe({ env: issuer.env });
    const tokens = [await stranger.token(), tampered(await issuer.token(), { sub: 'eve' }), 'a.b.c'];
    const errors = await Promise.all(
      tokens.map((token) =>
        failure<RemoteError>(setup.client.ask({ behaviour: 'answer' }, { metadata: bearer(token) })),
      ),
    );
    expect(new Set(errors.map(({ message }) => message)).size).toBe(1);
    expect(JSON.stringify(setup.log.lines)).not.toContain('signature');
  });
});
