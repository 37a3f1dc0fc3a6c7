import { status } from '@grpc/grpc-js';
import { Access as AccessOption } from '../gen/exempla/options/v1/options.ts';
import { RPC_DOMAIN, StatusError } from '../status-error.ts';
import type { Caller } from './caller.ts';
import { credentialMissing } from './refusals.ts';

/** Who may call a method: anybody, a tenant, an administrator, or another service of the mesh. */
export type Access = 'public' | 'tenant' | 'admin' | 'service';

/** The option of a proto; what a later version may add is nobody's until this one knows it. */
export function accessOf(option: AccessOption): Access {
  if (option === AccessOption.ACCESS_UNSPECIFIED || option === AccessOption.ACCESS_TENANT) return 'tenant';
  if (option === AccessOption.ACCESS_PUBLIC) return 'public';
  if (option === AccessOption.ACCESS_ADMIN) return 'admin';
  if (option === AccessOption.ACCESS_SERVICE) return 'service';
  throw new Error(`the access option ${option} of a method is not known`);
}

/** Throws when `caller` may not call `method`; no caller is one without a credential. */
export function demandAccess(caller: Caller | undefined, access: Access, method: string): void {
  if (access === 'public') return;
  if (!caller) throw credentialMissing();
  if (access === 'tenant' ? caller.tenant !== '' : access === 'admin' ? caller.admin : caller.service) return;
  throw new StatusError(status.PERMISSION_DENIED, 'ACCESS_DENIED', `${method} is for ${WHO[access]}`, {
    domain: RPC_DOMAIN,
    metadata: { method, access },
  });
}

const WHO = { tenant: 'callers of a tenant', admin: 'administrators', service: 'services of the mesh' } as const;
