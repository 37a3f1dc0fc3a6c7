import { status, StatusError, type EdgeIdentity } from '@exempla/rpc';
import type { FastifyInstance } from 'fastify';

/** Requests of this scope need a credential; whose it is goes to the services behind as the mesh's own token. */
export function authenticate(scope: FastifyInstance, identity: EdgeIdentity): void {
  scope.addHook('onRequest', async (request) => {
    const caller = await identity.callerOf(request.headers.authorization);
    if (!caller) throw credentialMissing();
    request.call.actFor(caller);
  });
}

const credentialMissing = (): StatusError =>
  new StatusError(
    status.UNAUTHENTICATED,
    'CREDENTIAL_MISSING',
    'the request needs a credential: authorization: Bearer TOKEN, or x-api-key: KEY',
  );
