import { currentCall, servingHere } from '@exempla/rpc/client';

/** A thread that serves must not wait: while it did, nobody else would be answered. */
export class SyncInAsyncContextError extends Error {
  override readonly name = 'SyncInAsyncContextError';
  readonly reason = 'SYNC_IN_ASYNC_CONTEXT';

  constructor(method: string, where: string) {
    super(`${method} was called without await inside ${where}: use createClient of @exempla/rpc there`);
  }
}

/** Throws where others wait for this process: in a service of the mesh, in a served call, and in any other server. */
export function refuseInsideService(method: string): void {
  const [service] = servingHere();
  if (service !== undefined) throw new SyncInAsyncContextError(method, `the service ${service}`);
  if (currentCall()) throw new SyncInAsyncContextError(method, 'a call that is being served');
  if (process.getActiveResourcesInfo().includes('TCPServerWrap'))
    throw new SyncInAsyncContextError(method, 'a process that listens for connections');
}
