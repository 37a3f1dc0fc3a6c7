import { edgeIdentity } from '@exempla/rpc';
import { recordingLogger } from '@exempla/testing';
import { createEdge, type AppOptions, type Edge } from '../src/http/app.ts';
import { withWholeDeadline } from '../src/http/whole-deadline.ts';
import { restDoor } from '../src/rest/rest-door.ts';
import type { Peers } from '../src/rest/peers.ts';

/** Peers as a test says they are; what it does not say is not there. */
export type FakePeers = { [K in keyof Peers]?: Partial<Peers[K]> };

export interface EdgeUnderTest extends Edge {
  /** What the edge logged. */
  lines: Record<string, unknown>[];
}

/** An edge in front of `peers`, in development unless `options` say otherwise; nothing listens. */
export async function edgeWith(peers: FakePeers = {}, options: Partial<AppOptions> = {}): Promise<EdgeUnderTest> {
  const { logger, lines } = recordingLogger('gateway');
  const wrapped = Object.entries(peers).map(([name, client]) => [name, withWholeDeadline(client as never)]);
  const edge = await createEdge({
    logger,
    credentials: { identity: await edgeIdentity({ EXEMPLA_DEV: '1' }) },
    bodyLimitBytes: 1 << 20,
    maxConnections: 1_000,
    requestsPerMinute: 0,
    failedCredentialsPerMinute: 0,
    trustedHops: 0,
    corsOrigins: [],
    doors: [restDoor(Object.fromEntries(wrapped) as unknown as Peers)],
    open: [],
    ...options,
  });
  return { ...edge, lines };
}
