import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Story } from '@exempla/contracts/type/v1/story';
import { currentCall, edgeIdentity, MeshTokens, type CallContext } from '@exempla/rpc';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { demandCredentials, type Credentials } from '../src/http/authentication.ts';
import { readApiKeys } from '../src/http/api-keys.ts';
import { edgeWith, type EdgeUnderTest } from './edge-under-test.ts';

const MESH_KEY = 'm'.repeat(32);
const TOKEN = { EXEMPLA_JWT_ISSUER: 'https://id.example', EXEMPLA_JWT_AUDIENCE: 'stories' };

describe('who calls', () => {
  let directory: string;
  let env: NodeJS.ProcessEnv;
  let edge: EdgeUnderTest;
  let bearer: (claims: Record<string, unknown>, expires?: string) => Promise<string>;
  let served: CallContext | undefined;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'gateway-keys-'));
    const file = async (name: string, text: string): Promise<string> => {
      await writeFile(join(directory, name), text);
      return join(directory, name);
    };
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    bearer = async (claims, expires = '1h') => {
      const token = new SignJWT(claims)
        .setProtectedHeader({ alg: 'EdDSA' })
        .setSubject('anna')
        .setExpirationTime(expires);
      const { EXEMPLA_JWT_ISSUER: issuer, EXEMPLA_JWT_AUDIENCE: audience } = TOKEN;
      return `Bearer ${await token.setIssuer(issuer).setAudience(audience).sign(privateKey)}`;
    };
    env = {
      NODE_ENV: 'production',
      TLS_MODE: 'terminated-by-mesh',
      EXEMPLA_MESH_KEY_FILE: await file('mesh.key', MESH_KEY),
      EXEMPLA_JWT_KEYS_FILE: await file('jwks.json', JSON.stringify({ keys: [await exportJWK(publicKey)] })),
      ...TOKEN,
    };
    await file('api.keys', `phone home ${hash('sha256', 'secret-of-the-phone')}\n`);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  afterEach(() => edge.app.close());

  async function edgeOf(over: Partial<Credentials> = {}): Promise<void> {
    served = undefined;
    const apiKeys = await readApiKeys(join(directory, 'api.keys'));
    const credentials = { identity: await edgeIdentity(env), apiKeys, ...over };
    const getStory = async ({ name }: { name?: string }): Promise<Story> => {
      served = currentCall();
      return Story.fromPartial({ name: name ?? '' });
    };
    edge = await edgeWith({ stories: { getStory } }, { credentials });
  }
  const ask = (headers: Record<string, string>) => edge.app.inject({ url: '/api/v1/stories/1', headers });

  it('nobody is refused, and told how to be somebody; health and documents are open', async () => {
    await edgeOf();
    const answer = await ask({});
    expect(answer.json()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED', reason: 'CREDENTIAL_MISSING' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    for (const url of ['/healthz', '/readyz', '/openapi.json'])
      expect((await edge.app.inject(url)).statusCode).toBe(200);
    expect(served).toBeUndefined();
  });

  it('a token and a key are exchanged for the token of the mesh, until the deadline and a minute', async () => {
    await edgeOf();
    const mesh = new MeshTokens([MESH_KEY]);
    for (const [headers, tenant, subject] of [
      [{ authorization: await bearer({ tenant: 'home' }) }, 'home', 'anna'],
      [{ 'x-api-key': 'secret-of-the-phone' }, 'home', 'key:phone'],
    ] as const) {
      expect((await ask(headers)).statusCode).toBe(200);
      expect(served).toMatchObject({ tenant, subject });
      const token = served!.caller!.tokenUntil(served!.deadline.at)!;
      expect(mesh.verify(token)).toMatchObject({ tenant, subject, admin: false });
      const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { exp: number };
      expect(Math.abs(exp * 1000 - served!.deadline.at - 60_000)).toBeLessThan(1000);
    }
  });

  it('what services say to each other is not believed from outside', async () => {
    await edgeOf();
    const ours = new MeshTokens([MESH_KEY]).mint({ tenant: 'other', subject: 'x', admin: true }, Date.now() + 60_000);
    expect((await ask({ 'exempla-identity': ours, 'exempla-tenant': 'other' })).statusCode).toBe(401);
    await ask({ 'exempla-identity': ours, 'exempla-tenant': 'other', 'x-api-key': 'secret-of-the-phone' });
    expect(served).toMatchObject({ tenant: 'home', subject: 'key:phone' });
  });

  it.each([
    ['a key nobody has', async () => ({ 'x-api-key': 'guessed' }), 'CREDENTIAL_INVALID'],
    ['an empty key', async () => ({ 'x-api-key': '' }), 'CREDENTIAL_INVALID'],
    [
      'two credentials at once',
      async () => ({ 'x-api-key': 'secret-of-the-phone', authorization: await bearer({ tenant: 'home' }) }),
      'CREDENTIAL_INVALID',
    ],
    ['a token of no tenant', async () => ({ authorization: await bearer({}) }), 'CREDENTIAL_INVALID'],
    ['another scheme', async () => ({ authorization: 'Basic YTpi' }), 'CREDENTIAL_INVALID'],
    [
      'a token that has expired',
      async () => ({ authorization: await bearer({ tenant: 'home' }, '-1h') }),
      'CREDENTIAL_EXPIRED',
    ],
  ])('%s is refused', async (_, headers, reason) => {
    await edgeOf();
    expect((await ask(await headers())).json()).toMatchObject({ status: 401, reason });
    expect(served).toBeUndefined();
  });

  it('in development who has no credential is of the development tenant, and one who has a wrong one is nobody', async () => {
    await edgeOf({
      identity: await edgeIdentity({ EXEMPLA_DEV: '1', EXEMPLA_DEV_TENANT: 'nursery' }),
      apiKeys: undefined,
    });
    expect((await ask({})).statusCode).toBe(200);
    expect(served).toMatchObject({ tenant: 'nursery' });
    await ask({ 'exempla-tenant': 'other' });
    expect(served).toMatchObject({ tenant: 'nursery' });
    expect((await ask({ 'x-api-key': 'secret-of-the-phone' })).statusCode).toBe(401);
  });

  it('an edge that could believe nobody, or be believed by nobody, does not start', async () => {
    await edgeOf();
    const nobody = await edgeIdentity({});
    expect(() => demandCredentials({ identity: nobody })).toThrow('nobody could call this edge');
    await expect(edgeIdentity({ NODE_ENV: 'production' })).rejects.toThrow('set EXEMPLA_MESH_KEY_FILE');
    await expect(edgeIdentity({ ...env, TLS_MODE: undefined })).rejects.toThrow('TLS_MODE=terminated-by-mesh');
    await expect(edgeIdentity({ ...env, EXEMPLA_DEV: '1' })).rejects.toThrow('unset EXEMPLA_DEV');
    await expect(readApiKeys(join(directory, 'none'))).rejects.toThrow('EXEMPLA_GATEWAY_API_KEYS_FILE: ENOENT');
  });
});
