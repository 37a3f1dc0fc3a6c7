import { createConnectRouter } from '@connectrpc/connect';
import { compressionBrotli, compressionGzip } from '@connectrpc/connect-node';
import { openChannel, type Channel } from '@exempla/rpc';
import type { Logger } from '@exempla/telemetry';
import type { FastifyPluginAsync } from 'fastify';
import { connectRoutes } from './connect-routes.ts';
import { Exchange, exchangeOf } from './exchange.ts';
import { forwarders } from './forwarders.ts';
import { withExtent } from './message-extent.ts';
import { forwardedServices, readRegistry, type ForwardedService } from './forwarded-services.ts';

export interface ConnectDoorOptions {
  /** The buf image of the mesh. */
  image: Uint8Array;
  /** `host:port` of who serves: of `audio` for the services of `exempla.audio.v1`. */
  targets: Readonly<Record<string, string>>;
  logger: Logger;
}

/** As the services have it: there no larger message is taken. */
const MAX_MESSAGE_BYTES = 4 << 20;

/**
 * Every RPC of the mesh by the Connect protocol and by gRPC-Web. Messages are read and written once; calls go on through
 * our own client, so that deadline, cancellation, identity and retries are as in the mesh. Who may call what is decided by
 * the service behind.
 */
export const connectDoor =
  ({ image, targets, logger }: ConnectDoorOptions): FastifyPluginAsync =>
  async (app) => {
    const registry = readRegistry(image);
    const services = forwardedServices(registry);
    const channels = openChannels(services, targets);
    app.addHook('onClose', async () => channels.forEach((channel) => channel.close()));
    const router = createConnectRouter({
      // Who speaks gRPC speaks it to the services.
      grpc: false,
      acceptCompression: [compressionGzip, compressionBrotli].map(withExtent),
      jsonOptions: { registry },
      readMaxBytes: MAX_MESSAGE_BYTES,
      requestGate: (context) => exchangeOf(context).begin(context),
    });
    for (const service of services)
      for (const [method, handler] of forwarders(service, channels.get(service.server)!)) router.rpc(method, handler);
    connectRoutes(app, router.handlers, {
      logger,
      exchangeOf: (request, reply, refusedBy) => new Exchange({ request, reply, refusedBy }, { registry, logger }),
    });
  };

/** One channel for all services of a server. Throws when nobody says where one is. */
function openChannels(
  services: readonly ForwardedService[],
  targets: ConnectDoorOptions['targets'],
): ReadonlyMap<string, Channel> {
  const byServer = Map.groupBy(services, ({ server }) => server);
  return new Map(
    [...byServer].map(([server, its]) => {
      const target = targets[server];
      if (target === undefined)
        throw new Error(`${its[0]!.desc.typeName} is in the image, but nothing serves ${server}`);
      const definitions = its.map(({ definition }) => definition);
      return [server, openChannel(target, definitions)];
    }),
  );
}
