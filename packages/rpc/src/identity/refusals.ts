import { status } from '@grpc/grpc-js';
import { RPC_DOMAIN, StatusError } from '../status-error.ts';

// A refusal says what a caller can mend and no more: which check of a signature failed would help only a forger.

export const credentialMissing = (): StatusError =>
  new StatusError(
    status.UNAUTHENTICATED,
    'CREDENTIAL_MISSING',
    'the call needs a credential: authorization: Bearer TOKEN',
    { domain: RPC_DOMAIN },
  );

export const credentialInvalid = (cause?: unknown): StatusError =>
  new StatusError(status.UNAUTHENTICATED, 'CREDENTIAL_INVALID', 'the credential is not valid here', {
    domain: RPC_DOMAIN,
    cause,
  });

export const credentialExpired = (): StatusError =>
  new StatusError(status.UNAUTHENTICATED, 'CREDENTIAL_EXPIRED', 'the credential has expired: get a new one', {
    domain: RPC_DOMAIN,
  });

export const tenantInvalid = (): StatusError =>
  new StatusError(status.UNAUTHENTICATED, 'TENANT_INVALID', 'the tenant is not a valid name', { domain: RPC_DOMAIN });
