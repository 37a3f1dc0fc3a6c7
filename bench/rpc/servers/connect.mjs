// Connect's Node adapter speaking gRPC over HTTP/2 without TLS, without interceptors.
import { once } from 'node:events';
import { createServer } from 'node:http2';
import { createFileRegistry, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { ANSWER, probeImage, SERVICE } from '../probe.mjs';

export async function start() {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, await probeImage()));
  const routes = (router) => router.service(registry.getService(SERVICE), { ask: async () => ANSWER });
  const server = createServer(connectNodeAdapter({ routes })).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port };
}
