import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const ISSUER = 'https://issuer.test';
export const AUDIENCE = 'exempla';
export const MESH_KEY = randomBytes(32).toString('hex');

export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT of HMAC-SHA256, of whatever is wanted: what a forger could make. */
export function hmacToken(payload: unknown, key: string, header: unknown = { alg: 'HS256', typ: 'JWT' }): string {
  const signed = `${encoded(header)}.${encoded(payload)}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

export const unsigned = (payload: unknown): string => `${encoded({ alg: 'none', typ: 'JWT' })}.${encoded(payload)}.`;

/** The payload of a token, believed without a look at its signature. */
export const payloadOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

/** The same token with other claims; its signature stays. */
export function tampered(token: string, claims: Record<string, unknown>): string {
  const [header, , signature] = token.split('.');
  return `${header}.${encoded({ ...payloadOf(token), ...claims })}.${signature}`;
}

export interface Issuer extends AsyncDisposable {
  /** What a server needs to believe this issuer and the mesh. */
  env: NodeJS.ProcessEnv;
  publicJwk: Record<string, unknown>;
  /** A token of this issuer; `change` replaces claims, undefined takes them away. */
  token(change?: Record<string, unknown>): Promise<string>;
}

/** An issuer with a key pair of its own, and the files of a server that believes it. */
export async function startIssuer(alg = 'EdDSA'): Promise<Issuer> {
  const directory = await mkdtemp(join(tmpdir(), 'exempla-identity-'));
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), alg };
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(directory, name), text, { mode: 0o600 });
    return join(directory, name);
  };
  const env = {
    EXEMPLA_MESH_KEY_FILE: await file('mesh.key', `${MESH_KEY}\n`),
    EXEMPLA_JWT_KEYS_FILE: await file('jwks.json', JSON.stringify({ keys: [publicJwk] })),
    EXEMPLA_JWT_ISSUER: ISSUER,
    EXEMPLA_JWT_AUDIENCE: AUDIENCE,
  };
  const token = (change: Record<string, unknown> = {}): Promise<string> => {
    const claims = { iss: ISSUER, aud: AUDIENCE, sub: 'ann', tenant: 'acme', exp: inSeconds(600), ...change };
    return new SignJWT(claims).setProtectedHeader({ alg }).sign(privateKey);
  };
  const dispose = (): Promise<void> => rm(directory, { recursive: true, force: true });
  return { env, publicJwk, token, [Symbol.asyncDispose]: dispose };
}
