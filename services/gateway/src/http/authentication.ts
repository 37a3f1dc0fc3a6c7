import type { IncomingHttpHeaders } from 'node:http';
import { status, StatusError, type Caller, type EdgeIdentity } from '@exempla/rpc';
import type { FastifyInstance } from 'fastify';
import type { ApiKeys } from './api-keys.ts';

/** How callers from outside are known. */
export interface Credentials {
  identity: EdgeIdentity;
  apiKeys?: ApiKeys | undefined;
}

/**
 * Requests of this scope need a credential. Whose it is goes to the services behind as the mesh's own token, and nothing
 * else of what a caller says of himself.
 */
export function authenticate(scope: FastifyInstance, credentials: Credentials): void {
  scope.addHook('onRequest', async (request) => {
    const caller = await callerOf(request.headers, credentials);
    if (!caller) throw refused('CREDENTIAL_MISSING', 'the request needs a credential: authorization or x-api-key');
    request.call.actFor(caller);
  });
}

/** A credential that is there is verified or refused, never passed over. */
function callerOf(
  { authorization, 'x-api-key': key }: IncomingHttpHeaders,
  { identity, apiKeys }: Credentials,
): Caller | undefined | Promise<Caller> {
  if (key === undefined) return identity.callerOf(authorization);
  const claims = typeof key === 'string' && authorization === undefined ? apiKeys?.verify(key) : undefined;
  if (!claims) throw refused('CREDENTIAL_INVALID', 'the credential is not valid here');
  return identity.callerWith(claims);
}

const refused = (reason: string, message: string): StatusError =>
  new StatusError(status.UNAUTHENTICATED, reason, message);

/** An edge that could believe nobody does not start. */
export function demandCredentials({ identity, apiKeys }: Credentials): void {
  if (identity.dev || identity.bearer || apiKeys) return;
  throw new Error(
    'nobody could call this edge: set EXEMPLA_JWT_KEYS_FILE with EXEMPLA_JWT_ISSUER and EXEMPLA_JWT_AUDIENCE, or ' +
      'EXEMPLA_GATEWAY_API_KEYS_FILE; in development EXEMPLA_DEV=1',
  );
}
