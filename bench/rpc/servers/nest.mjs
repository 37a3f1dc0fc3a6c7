// Nest's own gRPC transport as its documentation sets it up: proto-loader, @GrpcMethod, no pipes, no interceptors.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GrpcMethod, Transport } from '@nestjs/microservices';
import { PROTO, PROTO_PATHS } from '../probe.mjs';

class ProbeController {
  async ask() {
    return { text: 'hello', deadlineLeftMs: 500 };
  }
}
const place = [ProbeController.prototype, 'ask'];
GrpcMethod('ProbeService', 'Ask')(...place, Object.getOwnPropertyDescriptor(...place));
Controller()(ProbeController);
class ProbeModule {}
Module({ controllers: [ProbeController] })(ProbeModule);

/** Nest does not say which port it was given, so it is chosen before. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

export async function start() {
  const port = await freePort();
  const app = await NestFactory.createMicroservice(ProbeModule, {
    transport: Transport.GRPC,
    logger: ['error'],
    options: {
      package: 'exempla.rpctest.v1',
      protoPath: PROTO,
      url: `127.0.0.1:${port}`,
      loader: { includeDirs: PROTO_PATHS },
    },
  });
  await app.listen();
  return { port };
}
