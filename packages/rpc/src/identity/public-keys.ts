import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  createLocalJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose';

const PEM = /-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g;

/** Reads public keys from a file: a JWKS, or PEMs one behind the other. */
export async function readPublicKeys(file: string): Promise<JSONWebKeySet> {
  try {
    const text = (await readFile(file, 'utf8')).trim();
    if (text.includes('PRIVATE KEY')) throw new Error('holds a private key; a service needs the public one');
    if (text.startsWith('-----BEGIN')) return { keys: (text.match(PEM) ?? [text]).map(jwkOf) };
    const { keys } = JSON.parse(text) as Partial<JSONWebKeySet>;
    if (!Array.isArray(keys) || keys.length === 0) throw new Error('holds no keys');
    return { keys };
  } catch (error) {
    throw new Error(`EXEMPLA_JWT_KEYS_FILE: ${(error as Error).message}`, { cause: error });
  }
}

const jwkOf = (pem: string): JWK => createPublicKey(pem).export({ format: 'jwk' }) as JWK;

/** Throws for a key that is not for everybody. */
export function refuseSecret({ kty, d }: JWK): void {
  if (kty === 'oct' || d !== undefined)
    throw new Error('EXEMPLA_JWT_KEYS_FILE: holds a secret or private key; a service needs public ones');
}

/** The key a token means: the one it names. A key without a name, as PEM has none, is meant by any name that no key has. */
export function keyOf({ keys }: JSONWebKeySet): JWTVerifyGetKey {
  const all = createLocalJWKSet({ keys });
  const nameless = createLocalJWKSet({ keys: keys.filter(({ kid }) => kid === undefined) });
  return (header, token) =>
    all(header, token).catch((error: unknown) => {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return nameless({ ...header, kid: undefined }, token);
    });
}

/** What a token says. Where it may mean several keys, as while one is changed for another, each is tried. */
export async function verified(token: string, keys: JWTVerifyGetKey, rules: JWTVerifyOptions): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys, rules)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        return (await jwtVerify(token, key, rules)).payload;
      } catch (failed) {
        if (!(failed instanceof errors.JWSSignatureVerificationFailed)) throw failed;
      }
    }
    throw error;
  }
}
