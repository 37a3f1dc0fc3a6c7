/** Who a credential says the caller is. */
export interface Claims {
  /** Empty for an administrator who belongs to no tenant. */
  readonly tenant: string;
  /** Who acts for the tenant: a user, a job, a service. */
  readonly subject: string;
  readonly admin: boolean;
}

/** Signs what a caller is for the other services, until `expiresAtMs`. */
export type Mint = (claims: Claims, expiresAtMs: number) => string;

/** A token outlives the deadline of the call it was minted for by this much: clocks differ, answers are late. */
export const TOKEN_GRACE_MS = 60_000;

export const TENANT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** The verified caller of one call, and the token by which calls made on its behalf are known. */
export class Caller implements Claims {
  readonly tenant: string;
  readonly subject: string;
  readonly admin: boolean;
  /** A service of the mesh is calling, for itself or on behalf of the subject. */
  readonly service: boolean;
  readonly #mint: Mint | undefined;
  #token: string | undefined;
  #expiresAtMs = 0;

  constructor(claims: Claims, service: boolean, mint?: Mint) {
    this.tenant = claims.tenant;
    this.subject = claims.subject;
    this.admin = claims.admin;
    this.service = service;
    this.#mint = mint;
  }

  /** A caller that came with a token of the mesh, which is handed on as it is. */
  static withToken(claims: Claims, mint: Mint, token: string, expiresAtMs: number): Caller {
    const caller = new Caller(claims, true, mint);
    caller.#token = token;
    caller.#expiresAtMs = expiresAtMs;
    return caller;
  }

  /**
   * The token for a call made before `deadlineAtMs`; undefined where there is no mesh key. Minted when first asked for,
   * and anew only for what outlives it: work that was detached from its call.
   */
  tokenUntil(deadlineAtMs: number): string | undefined {
    if (this.#mint && this.#expiresAtMs < deadlineAtMs) {
      this.#expiresAtMs = deadlineAtMs + TOKEN_GRACE_MS;
      this.#token = this.#mint(this, this.#expiresAtMs);
    }
    return this.#token;
  }
}
