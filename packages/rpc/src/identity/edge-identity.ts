import { Metadata } from '@grpc/grpc-js';
import { Caller, type Claims } from './caller.ts';
import { identitySources } from './environment.ts';
import { identityFrom } from './identity.ts';

/** What an edge believes: tokens from outside, never what only services may say. */
export interface EdgeIdentity {
  /** True where callers without a credential are believed. */
  readonly dev: boolean;
  /** True where tokens from outside are verified. */
  readonly bearer: boolean;
  /**
   * Whose an `authorization` header is. Without one: in development the development tenant's, else nobody's. Fails with
   * CREDENTIAL_INVALID or CREDENTIAL_EXPIRED.
   */
  callerOf(authorization: string | undefined): Caller | undefined | Promise<Caller>;
  /** Somebody whose credential was verified by other means. */
  callerWith(claims: Claims): Caller;
}

/**
 * From the environment, as for a service. In production an edge does not start that could not tell the
 * mesh who is calling, or with nothing in front of it that encrypts.
 */
export async function edgeIdentity(env: NodeJS.ProcessEnv = process.env): Promise<EdgeIdentity> {
  const { mesh, bearer, dev } = await identitySources(env);
  if (env.NODE_ENV === 'production') {
    if (!mesh) throw new Error('no service would accept its calls: set EXEMPLA_MESH_KEY_FILE');
    if (env.TLS_MODE !== 'terminated-by-mesh')
      throw new Error(
        'an edge speaks HTTP without TLS, which is refused with NODE_ENV=production: set TLS_MODE=terminated-by-mesh where a ' +
          'proxy in front of it encrypts',
      );
  }
  const identity = identityFrom({ mesh, bearer, dev });
  return {
    dev: dev !== undefined,
    bearer: bearer !== undefined,
    callerOf: (authorization) => {
      // This header and no other: who comes from outside cannot say what services say to each other.
      const metadata = new Metadata();
      if (authorization !== undefined) metadata.set('authorization', authorization);
      return identity(metadata);
    },
    callerWith: (claims) => new Caller(claims, false, mesh?.mint),
  };
}
