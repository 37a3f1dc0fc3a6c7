import type { ServerCredentials } from '@grpc/grpc-js';
import { serverCredentials } from '../tls.ts';
import { BearerTokens } from './bearer-tokens.ts';
import { devIdentity } from './dev-identity.ts';
import { identityFrom, type Identity, type IdentitySources } from './identity.ts';
import { readMeshKeys } from './mesh-token.ts';
import { readPublicKeys } from './public-keys.ts';

export interface RpcEnvironment {
  identity: Identity;
  /** Reflection is served in development only. */
  reflection: boolean;
  credentials: ServerCredentials;
}

/**
 * What a server believes, from its environment (docs/identity.md). In production a server that would believe callers
 * without proof, could believe nobody, or would send plain text, does not start.
 */
export async function rpcEnvironment(env: NodeJS.ProcessEnv = process.env): Promise<RpcEnvironment> {
  const sources = await identitySources(env);
  if (env.NODE_ENV === 'production' && !sources.mesh && !sources.bearer) {
    throw new Error(
      'nobody could call this service: set EXEMPLA_MESH_KEY_FILE (calls of other services) or EXEMPLA_JWT_KEYS_FILE, ' +
        'EXEMPLA_JWT_ISSUER and EXEMPLA_JWT_AUDIENCE (calls from outside)',
    );
  }
  return {
    identity: identityFrom(sources),
    reflection: sources.dev !== undefined,
    credentials: await serverCredentials(env),
  };
}

/** What the environment says there is to believe. In production nobody is believed without proof. */
export async function identitySources(env: NodeJS.ProcessEnv): Promise<IdentitySources> {
  const dev = isOn('EXEMPLA_DEV', env.EXEMPLA_DEV);
  if (dev && env.NODE_ENV === 'production') {
    throw new Error('EXEMPLA_DEV is set with NODE_ENV=production: unset EXEMPLA_DEV, it trusts callers without proof');
  }
  const mesh = env.EXEMPLA_MESH_KEY_FILE ? await readMeshKeys(env.EXEMPLA_MESH_KEY_FILE) : undefined;
  const bearer = await bearerTokens(env);
  return { mesh, bearer, dev: dev ? devIdentity(env.EXEMPLA_DEV_TENANT ?? 'local', mesh?.mint) : undefined };
}

function isOn(name: string, given = ''): boolean {
  const raw = given.trim();
  if (['1', 'true'].includes(raw)) return true;
  if (['', '0', 'false'].includes(raw)) return false;
  throw new Error(`${name} is "${raw}"; it has to be 1 or true, 0 or false`);
}

async function bearerTokens(env: NodeJS.ProcessEnv): Promise<BearerTokens | undefined> {
  const { EXEMPLA_JWT_KEYS_FILE: file, EXEMPLA_JWT_ISSUER: issuer, EXEMPLA_JWT_AUDIENCE: audience } = env;
  if (!file) return undefined;
  if (!issuer || !audience) {
    throw new Error(
      'EXEMPLA_JWT_KEYS_FILE needs EXEMPLA_JWT_ISSUER and EXEMPLA_JWT_AUDIENCE: without them a token that was made for ' +
        'somebody else would be good here',
    );
  }
  return new BearerTokens({ keys: await readPublicKeys(file), issuer, audience });
}
