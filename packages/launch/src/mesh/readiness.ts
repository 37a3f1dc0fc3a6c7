import { setTimeout as sleep } from 'node:timers/promises';
import { checkHealth, openChannel } from '@exempla/rpc/client';
import type { ProcessOptions } from '../processes/start-process.ts';
import type { ServiceSpec } from './services.ts';

const POLL_MS = 25;
const TRY_MS = 500;

/** Settles when the server at `address` says that it serves. */
export const waitUntilServing = ({ speaks }: ServiceSpec): ProcessOptions['ready'] =>
  speaks === 'http' ? untilReadyByHttp : untilReadyByGrpc;

async function untilReadyByHttp(address: string, signal: AbortSignal): Promise<void> {
  while (!(await isReady(address))) await sleep(POLL_MS, undefined, { signal });
}

const isReady = async (address: string): Promise<boolean> => {
  const answer = fetch(`http://${address}/readyz`, { signal: AbortSignal.timeout(TRY_MS) });
  return answer.then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );
};

async function untilReadyByGrpc(address: string, signal: AbortSignal): Promise<void> {
  const channel = openChannel(address);
  try {
    while (!(await isServing(channel))) await sleep(POLL_MS, undefined, { signal });
  } finally {
    channel.close();
  }
}

/** Not yet listening and not yet serving are the same to someone who waits. */
const isServing = (channel: Parameters<typeof checkHealth>[0]): Promise<boolean> =>
  checkHealth(channel, { timeoutMs: TRY_MS }).then(
    (health) => health === 'SERVING',
    () => false,
  );
