import type { FastifyPluginAsync } from 'fastify';

/** The services behind, `host:port` each. */
export interface ConnectTargets {
  orchestrator: string;
  examples: string;
  audio: string;
  storage: string;
}

/** Every RPC for browsers and curl, by the Connect protocol and gRPC-Web. */
export const connectDoor =
  (_targets: ConnectTargets): FastifyPluginAsync =>
  async () => {};
