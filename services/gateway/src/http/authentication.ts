import type { IncomingHttpHeaders } from 'node:http';
import { RPC_DOMAIN, status, StatusError, type Caller, type EdgeIdentity } from '@exempla/rpc';
import { LABELS, METRICS, processMetrics } from '@exempla/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ApiKeys } from './api-keys.ts';
import type { Guard } from './failed-credentials.ts';

/** How callers from outside are known. */
export interface Credentials {
  identity: EdgeIdentity;
  apiKeys?: ApiKeys | undefined;
}

/**
 * Requests of this scope need a credential, which is verified if `guard` lets it. Whose it is goes to the services behind as the mesh's own token, and nothing
 * else of what a caller says of himself.
 */
export function authenticate(scope: FastifyInstance, credentials: Credentials, guard: Guard): void {
  const identify = async (request: FastifyRequest): Promise<void> => {
    const caller = await guard(request, () => callerOf(request.headers, credentials));
    if (!caller) throw missing();
    request.call.actFor(caller);
  };
  scope.addHook('onRequest', (request) => identify(request).catch(countRefusal));
}

/** A credential that is there is verified or refused, never passed over. */
function callerOf(
  { authorization, 'x-api-key': key }: IncomingHttpHeaders,
  { identity, apiKeys }: Credentials,
): Caller | undefined | Promise<Caller> {
  if (key === undefined) return identity.callerOf(authorization);
  const claims = typeof key === 'string' && authorization === undefined ? apiKeys?.verify(key) : undefined;
  if (!claims) throw invalid();
  return identity.callerWith(claims);
}

function countRefusal(error: unknown): never {
  if (error instanceof StatusError)
    processMetrics.counter(METRICS.credentialsRefused, { [LABELS.credentialReason]: error.reason }).add();
  throw error;
}

// What services say of credentials, too.
const domain = RPC_DOMAIN;
const missing = (): StatusError =>
  new StatusError(
    status.UNAUTHENTICATED,
    'CREDENTIAL_MISSING',
    'the request needs a credential: authorization or x-api-key',
    { domain },
  );
const invalid = (): StatusError =>
  new StatusError(status.UNAUTHENTICATED, 'CREDENTIAL_INVALID', 'the credential is not valid here', { domain });

/** An edge that could believe nobody does not start. */
export function demandCredentials({ identity, apiKeys }: Credentials): void {
  if (identity.dev || identity.bearer || apiKeys) return;
  throw new Error(
    'nobody could call this edge: set EXEMPLA_JWT_KEYS_FILE with EXEMPLA_JWT_ISSUER and EXEMPLA_JWT_AUDIENCE, or ' +
      'EXEMPLA_GATEWAY_API_KEYS_FILE; in development EXEMPLA_DEV=1',
  );
}
