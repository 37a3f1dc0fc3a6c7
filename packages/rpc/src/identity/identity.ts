import type { Metadata } from '@grpc/grpc-js';
import type { BearerTokens } from './bearer-tokens.ts';
import { Caller } from './caller.ts';
import type { DevIdentity } from './dev-identity.ts';
import { IDENTITY_HEADER, type MeshTokens } from './mesh-token.ts';
import { credentialInvalid } from './refusals.ts';

/**
 * Says whose call it is, from verified credentials only; undefined when there is none. Fails with a StatusError when there
 * is one that does not hold. A promise only where a signature from outside is checked for the first time.
 */
export type Identity = (metadata: Metadata) => Caller | undefined | Promise<Caller>;

export interface IdentitySources {
  /** Tokens of the mesh: what other services send. */
  mesh?: MeshTokens | undefined;
  /** Tokens from outside. */
  bearer?: BearerTokens | undefined;
  /** Believes callers without a credential. */
  dev?: DevIdentity | undefined;
}

const BEARER = /^Bearer +(\S{1,8192})$/i;

/** A credential that is there is verified or refused, never passed over: the call would act for somebody else. */
export function identityFrom({ mesh, bearer, dev }: IdentitySources): Identity {
  const mint = mesh?.mint;
  const fromOutside = (authorization: string): Caller | Promise<Caller> => {
    const token = BEARER.exec(authorization)?.[1];
    if (!token || !bearer) throw credentialInvalid();
    const claims = bearer.verify(token);
    if (claims instanceof Promise) return claims.then((verified) => new Caller(verified, false, mint));
    return new Caller(claims, false, mint);
  };
  return (metadata) => {
    const internal = metadata.get(IDENTITY_HEADER)[0];
    if (internal !== undefined) {
      if (!mesh) throw credentialInvalid();
      return mesh.verify(internal.toString());
    }
    const authorization = metadata.get('authorization')[0];
    if (authorization !== undefined) return fromOutside(authorization.toString());
    return dev?.(metadata);
  };
}
