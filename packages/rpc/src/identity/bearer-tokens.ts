import { hash } from 'node:crypto';
import { errors, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { TENANT, type Claims } from './caller.ts';
import { keyOf, refuseSecret, verified } from './public-keys.ts';
import { credentialExpired, credentialInvalid } from './refusals.ts';

/** Signatures of somebody else's private key. With a shared secret, who verifies could also forge. */
const ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256', 'RS256'];
/** In `scope` (words) or `roles` (list): makes the subject an administrator. */
const ADMIN_SCOPE = 'exempla:admin';
/** Clocks of issuer and service may differ by this much. */
const TOLERANCE_S = 5;
const MAX_CACHED = 10_000;

export interface BearerOptions {
  keys: JSONWebKeySet;
  issuer: string;
  audience: string;
}

interface Verified {
  claims: Claims;
  expiresAtMs: number;
}

/** Verifies the JWTs that callers from outside bring; a token seen before costs a hash and no signature. */
export class BearerTokens {
  readonly #options: BearerOptions;
  readonly #keyOf: JWTVerifyGetKey;
  /** By the token's hash, so that a heap dump holds no credential; the oldest goes first. */
  readonly #verified = new Map<string, Verified>();

  constructor(options: BearerOptions) {
    for (const key of options.keys.keys) refuseSecret(key);
    this.#options = options;
    this.#keyOf = keyOf(options.keys);
  }

  /** The claims of a token; a promise when its signature has to be checked. Fails with CREDENTIAL_INVALID or _EXPIRED. */
  verify(token: string): Claims | Promise<Claims> {
    const id = hash('sha256', token, 'base64url');
    const known = this.#verified.get(id);
    if (!known) return this.#check(token, id);
    if (known.expiresAtMs > Date.now()) return known.claims;
    this.#verified.delete(id);
    throw credentialExpired();
  }

  async #check(token: string, id: string): Promise<Claims> {
    const { issuer, audience } = this.#options;
    const rules = {
      algorithms: ALGORITHMS,
      issuer,
      audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: TOLERANCE_S,
    };
    const payload = await verified(token, this.#keyOf, rules).catch((error: unknown) => {
      throw error instanceof errors.JWTExpired ? credentialExpired() : credentialInvalid(error);
    });
    const claims = claimsOf(payload);
    if (this.#verified.size >= MAX_CACHED) this.#verified.delete(this.#verified.keys().next().value!);
    this.#verified.set(id, { claims, expiresAtMs: (payload.exp! + TOLERANCE_S) * 1000 });
    return claims;
  }
}

function claimsOf({ sub, tenant = '', scope, roles }: JWTPayload): Claims {
  const admin =
    (typeof scope === 'string' && scope.split(' ').includes(ADMIN_SCOPE)) ||
    (Array.isArray(roles) && roles.includes(ADMIN_SCOPE));
  const named = typeof tenant === 'string' && (TENANT.test(tenant) || (tenant === '' && admin));
  if (!named || typeof sub !== 'string' || sub === '' || sub.length > 255) throw credentialInvalid();
  return { tenant: tenant as string, subject: sub, admin };
}
