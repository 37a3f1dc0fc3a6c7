import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { BearerTokens } from '../src/identity/bearer-tokens.ts';
import { readPublicKeys } from '../src/identity/public-keys.ts';
import { AUDIENCE, inSeconds, ISSUER } from './identity-tokens.ts';
import { failure } from './probe-server.ts';

interface Key {
  privateKey: CryptoKey;
  pem: string;
  jwk: JWK;
}

async function newKey(): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { privateKey, pem: await exportSPKI(publicKey), jwk: await exportJWK(publicKey) };
}

const signed = ({ privateKey }: Key, kid?: string, claims: Record<string, unknown> = {}): Promise<string> =>
  new SignJWT({ iss: ISSUER, aud: ['shop', AUDIENCE], sub: 'ann', tenant: 'acme', exp: inSeconds(600), ...claims })
    .setProtectedHeader(kid === undefined ? { alg: 'ES256' } : { alg: 'ES256', kid })
    .sign(privateKey);

const ANN = { tenant: 'acme', subject: 'ann', admin: false };
const INVALID = { reason: 'CREDENTIAL_INVALID' };

describe('the keys of an issuer', () => {
  let directory: string;
  let [old, next, stranger]: Key[] = [];
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'exempla-keys-'));
    [old, next, stranger] = await Promise.all([newKey(), newKey(), newKey()]);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** What is believed with the keys of this file. */
  async function believing(text: string): Promise<(token: string) => Promise<unknown>> {
    const file = join(directory, 'keys');
    await writeFile(file, text);
    const tokens = new BearerTokens({ keys: await readPublicKeys(file), issuer: ISSUER, audience: AUDIENCE });
    return async (token) => tokens.verify(token);
  }

  it('as PEM verify tokens that name a key, as most issuers write them', async () => {
    const verify = await believing(old!.pem);
    expect(await verify(await signed(old!, 'k-1'))).toEqual(ANN);
    expect(await failure(verify(await signed(stranger!, 'k-1')))).toMatchObject(INVALID);
  });

  it('as PEMs are all tried: a key is changed without a gap', async () => {
    const verify = await believing(`${old!.pem}\n${next!.pem}`);
    for (const token of [await signed(old!), await signed(next!), await signed(next!, 'k-2')])
      expect(await verify(token)).toEqual(ANN);
    expect(await failure(verify(await signed(stranger!)))).toMatchObject(INVALID);
    const expired = await signed(next!, undefined, { exp: inSeconds(-60) });
    expect(await failure(verify(expired))).toMatchObject({ reason: 'CREDENTIAL_EXPIRED' });
  });

  it('with names are tried for a token that names none, and no other for one that does', async () => {
    const keys = [
      { ...old!.jwk, kid: 'old' },
      { ...next!.jwk, kid: 'next' },
    ];
    const verify = await believing(JSON.stringify({ keys }));
    for (const token of [await signed(old!), await signed(next!), await signed(next!, 'next')])
      expect(await verify(token)).toEqual(ANN);
    for (const token of [await signed(next!, 'old'), await signed(next!, 'k-3'), await signed(stranger!)])
      expect(await failure(verify(token))).toMatchObject(INVALID);
  });

  it.each([[12], [['ann']], [{}]])('a subject that is no text is none: %j', async (sub) => {
    const verify = await believing(old!.pem);
    expect(await failure(verify(await signed(old!, undefined, { sub })))).toMatchObject(INVALID);
  });
});
