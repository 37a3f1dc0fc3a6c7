import { setTimeout as sleep } from 'node:timers/promises';
import { checkHealth, openChannel } from '@exempla/rpc';

/** Settles when the server at `address` says through gRPC health that it serves. */
export async function waitUntilServing(address: string, signal: AbortSignal): Promise<void> {
  const channel = openChannel(address);
  try {
    while (!(await isServing(channel))) await sleep(25, undefined, { signal });
  } finally {
    channel.close();
  }
}

/** Not yet listening and not yet serving are the same to someone who waits. */
const isServing = (channel: Parameters<typeof checkHealth>[0]): Promise<boolean> =>
  checkHealth(channel, { timeoutMs: 500 }).then(
    (health) => health === 'SERVING',
    () => false,
  );
