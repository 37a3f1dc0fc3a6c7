import { SpeechServiceDefinition } from '@exempla/contracts/audio/v1/speech_service';
import { RemoteError, status } from '@exempla/rpc/client';
import type { Session } from '../commands/session.ts';
import { type Check, fail, ok } from './check.ts';

/** Whether the mesh takes calls of this caller; nothing when there is nobody to ask. */
export async function checkAccess({ peers, around, globals }: Session): Promise<Check[]> {
  const { token, tenant } = { ...around.config.caller, ...(globals.tenant ? { tenant: globals.tenant } : {}) };
  const who = token ? 'by token' : `tenant ${tenant ?? 'local'}, without a token`;
  try {
    const audio = await peers.client('audio', SpeechServiceDefinition);
    await audio.listVoices({ pageSize: 1 }, peers.call());
    return [ok('access', `calls are taken, ${who}`)];
  } catch (error) {
    around.signal.throwIfAborted();
    if (!(error instanceof RemoteError)) return [];
    const says = `${error.message} (${error.reason || status[error.code]}), ${who}`;
    if (error.code !== status.UNAUTHENTICATED && error.code !== status.PERMISSION_DENIED) return [];
    return [fail('access', says, 'Put a token of your issuer into a file: EXEMPLA_TOKEN_FILE=FILE (docs/identity.md)')];
  }
}
