// Bare grpc-js with the generated codec, nothing else. Options: `windowBytes`, the HTTP/2 flow-control window; `young`, V8 told
// to make all objects among the young, as packages/rpc tells it.
import { setFlagsFromString } from 'node:v8';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { ANSWER, chunk, ProbeServiceDefinition, SERVICE } from '../probe.mjs';

const definition = Object.fromEntries(
  Object.entries(ProbeServiceDefinition.methods).map(([key, method]) => [
    key,
    {
      path: `/${SERVICE}/${method.name}`,
      requestStream: method.requestStream,
      responseStream: method.responseStream,
      requestSerialize: (message) => Buffer.from(method.requestType.encode(message).finish()),
      requestDeserialize: (bytes) => method.requestType.decode(bytes),
      responseSerialize: (message) => {
        const bytes = method.responseType.encode(message).finish();
        return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      },
      responseDeserialize: (bytes) => method.responseType.decode(bytes),
    },
  ]),
);

function count(call) {
  const { to, payloadBytes } = call.request;
  let value = 0;
  const write = () => {
    while (value < to && !call.cancelled) {
      value += 1;
      if (!call.write({ value, payload: chunk(payloadBytes) })) return call.once('drain', write);
    }
    call.end();
  };
  write();
}

export async function start({ windowBytes, young }) {
  if (young) setFlagsFromString('--no-allocation-site-pretenuring');
  const server = new Server(windowBytes === undefined ? {} : { 'grpc-node.flow_control_window': windowBytes });
  server.addService(definition, { ask: (_, reply) => reply(null, ANSWER), count });
  const port = await new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port };
}
