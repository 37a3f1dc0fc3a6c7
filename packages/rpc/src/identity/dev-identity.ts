import type { Metadata } from '@grpc/grpc-js';
import { Caller, TENANT, type Mint } from './caller.ts';
import { credentialMissing, tenantInvalid } from './refusals.ts';

/** Carries the tenant between services in development. */
export const TENANT_HEADER = 'exempla-tenant';
const SUBJECT = 'dev';

/** Says who the caller without a credential is. Development only: anybody may claim any tenant, and may do anything. */
export type DevIdentity = (metadata: Metadata) => Caller;

/**
 * Believes the tenant header, or takes `defaultTenant`. Where there is a mesh key the header is believed by nobody, so a
 * caller from outside is of the default tenant; one that claims another is refused and not mistaken.
 */
export function devIdentity(defaultTenant: string, mint?: Mint): DevIdentity {
  return (metadata) => {
    const claimed = metadata.get(TENANT_HEADER)[0]?.toString();
    if (mint && claimed !== undefined) throw credentialMissing();
    const tenant = claimed ?? defaultTenant;
    if (!TENANT.test(tenant)) throw tenantInvalid();
    return new Caller({ tenant, subject: SUBJECT, admin: true }, true, mint);
  };
}
