import { status } from '@grpc/grpc-js';
import { RPC_DOMAIN, StatusError } from '../status-error.ts';

// A refusal says what a caller can mend and no more: which check of a signature failed would help only a forger.

const unauthenticated = (reason: string, message: string, cause?: unknown): StatusError =>
  new StatusError(status.UNAUTHENTICATED, reason, message, { domain: RPC_DOMAIN, cause });

export const credentialMissing = (): StatusError =>
  unauthenticated('CREDENTIAL_MISSING', 'the call needs a credential: authorization: Bearer TOKEN');

export const credentialInvalid = (cause?: unknown): StatusError =>
  unauthenticated('CREDENTIAL_INVALID', 'the credential is not valid here', cause);

export const credentialExpired = (): StatusError =>
  unauthenticated('CREDENTIAL_EXPIRED', 'the credential has expired: get a new one');

export const tenantInvalid = (): StatusError => unauthenticated('TENANT_INVALID', 'the tenant is not a valid name');
