import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Caller, TENANT, type Claims } from './caller.ts';
import { credentialExpired, credentialInvalid } from './refusals.ts';

/** Carries the internal token between services. */
export const IDENTITY_HEADER = 'exempla-identity';
const AUDIENCE = 'mesh';
/** The one header there is: a token that names another algorithm, or none, does not begin with it. */
const PREFIX = `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.`;
/** Shorter secrets can be guessed. */
const MIN_KEY_CHARACTERS = 32;
/** Nothing we mint is longer. */
const MAX_TOKEN_CHARACTERS = 2_048;

interface Payload {
  tenant: string;
  sub: string;
  adm?: true;
  aud: string;
  /** Seconds since the epoch. */
  exp: number;
}

/**
 * Mints and verifies the token by which services know on whose behalf they are called: a JWT of HMAC-SHA256, a few
 * microseconds either way. The first key signs, each verifies: so a key is changed without a gap.
 */
export class MeshTokens {
  readonly #keys: readonly KeyObject[];

  constructor(secrets: readonly string[]) {
    if (secrets.length === 0) throw new Error('it holds no mesh key');
    for (const { length } of secrets) {
      if (length < MIN_KEY_CHARACTERS)
        throw new Error(`a mesh key has ${length} characters; it needs ${MIN_KEY_CHARACTERS} (openssl rand -hex 32)`);
    }
    this.#keys = secrets.map((secret) => createSecretKey(secret, 'utf8'));
  }

  readonly mint = ({ tenant, subject, admin }: Claims, expiresAtMs: number): string => {
    const payload: Payload = { tenant, sub: subject, aud: AUDIENCE, exp: expiresAtMs / 1000 };
    if (admin) payload.adm = true;
    const signed = PREFIX + Buffer.from(JSON.stringify(payload)).toString('base64url');
    return `${signed}.${mac(this.#keys[0]!, signed).toString('base64url')}`;
  };

  /** Throws CREDENTIAL_INVALID or CREDENTIAL_EXPIRED. */
  verify(token: string): Caller {
    const dot = token.lastIndexOf('.');
    if (token.length > MAX_TOKEN_CHARACTERS || !token.startsWith(PREFIX) || dot < PREFIX.length)
      throw credentialInvalid();
    const signed = token.slice(0, dot);
    const signature = Buffer.from(token.slice(dot + 1), 'base64url');
    if (!this.#keys.some((key) => sameBytes(mac(key, signed), signature))) throw credentialInvalid();
    const { tenant, sub, adm, aud, exp } = payloadOf(signed);
    if (aud !== AUDIENCE || typeof exp !== 'number' || typeof sub !== 'string') throw credentialInvalid();
    if (typeof tenant !== 'string' || !(TENANT.test(tenant) || (tenant === '' && adm === true)))
      throw credentialInvalid();
    if (exp * 1000 <= Date.now()) throw credentialExpired();
    return Caller.withToken({ tenant, subject: sub, admin: adm === true }, this.mint, token, exp * 1000);
  }
}

/** Reads the mesh keys from a file: one a line, at least 32 characters each; the first signs. */
export async function readMeshKeys(file: string): Promise<MeshTokens> {
  try {
    const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trim());
    return new MeshTokens(lines.filter((line) => line !== ''));
  } catch (error) {
    throw new Error(`EXEMPLA_MESH_KEY_FILE: ${(error as Error).message}`, { cause: error });
  }
}

const mac = (key: KeyObject, signed: string): Buffer => createHmac('sha256', key).update(signed).digest();

const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

function payloadOf(signed: string): Partial<Payload> {
  try {
    const value: unknown = JSON.parse(Buffer.from(signed.slice(PREFIX.length), 'base64url').toString());
    if (typeof value === 'object' && value !== null) return value;
  } catch (error) {
    throw credentialInvalid(error);
  }
  throw credentialInvalid();
}
