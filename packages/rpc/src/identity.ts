import { status, type Metadata } from '@grpc/grpc-js';
import { RPC_DOMAIN, StatusError } from './status-error.ts';

/** Says whose call it is, from verified credentials only. Throws a StatusError when it cannot tell. */
export type Identity = (metadata: Metadata) => { tenant: string };

/** Carries the tenant between services in development. */
export const TENANT_HEADER = 'exempla-tenant';
const TENANT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

/** Believes the tenant header, or takes `defaultTenant`. Development only: anybody may claim any tenant. */
export function devIdentity(defaultTenant: string): Identity {
  return (metadata) => {
    const claimed = metadata.get(TENANT_HEADER)[0]?.toString() ?? defaultTenant;
    if (!TENANT.test(claimed)) {
      throw new StatusError(status.UNAUTHENTICATED, 'TENANT_INVALID', 'the tenant is not a valid name', {
        domain: RPC_DOMAIN,
      });
    }
    return { tenant: claimed };
  };
}

/** Refuses every call: there is nothing yet that could verify a credential. */
const noIdentity: Identity = () => {
  throw new StatusError(status.UNAUTHENTICATED, 'IDENTITY_REQUIRED', 'this server takes no unverified callers', {
    domain: RPC_DOMAIN,
  });
};

export interface RpcEnvironment {
  identity: Identity;
  /** Reflection is served in development only. */
  reflection: boolean;
}

/**
 * `EXEMPLA_DEV=1` turns on the dev tenant (`EXEMPLA_DEV_TENANT`, default `local`) and reflection. With
 * NODE_ENV=production the flag stops the service: it would let any caller act as any tenant.
 */
export function rpcEnvironment(env: NodeJS.ProcessEnv = process.env): RpcEnvironment {
  const dev = env.EXEMPLA_DEV === '1' || env.EXEMPLA_DEV === 'true';
  if (dev && env.NODE_ENV === 'production') {
    throw new Error('EXEMPLA_DEV is set with NODE_ENV=production: unset EXEMPLA_DEV, it trusts callers without proof');
  }
  return dev
    ? { identity: devIdentity(env.EXEMPLA_DEV_TENANT ?? 'local'), reflection: true }
    : { identity: noIdentity, reflection: false };
}
