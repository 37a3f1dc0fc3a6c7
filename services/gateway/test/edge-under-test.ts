import { edgeIdentity } from '@exempla/rpc';
import { recordingLogger } from '@exempla/testing';
import { createEdge, type Edge } from '../src/http/app.ts';
import { restDoor } from '../src/rest/rest-door.ts';
import type { Peers } from '../src/rest/peers.ts';

/** An edge whose peers are what a test says they are; nothing listens. */
export async function edgeWith(
  peers: { [K in keyof Peers]?: Partial<Peers[K]> },
  { env = { EXEMPLA_DEV: '1' }, ...options }: { env?: NodeJS.ProcessEnv; bodyLimitBytes?: number } = {},
): Promise<Edge & { lines: Record<string, unknown>[] }> {
  const { logger, lines } = recordingLogger('gateway');
  const edge = await createEdge({
    logger,
    identity: await edgeIdentity(env),
    bodyLimitBytes: 1 << 20,
    doors: [restDoor(peers as Peers)],
    open: [],
    ...options,
  });
  return { ...edge, lines };
}
