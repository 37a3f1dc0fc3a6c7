// The floor: node:http2 that reads a request and answers one fixed gRPC message, without looking at anything.
import { once } from 'node:events';
import { createServer } from 'node:http2';
import { ANSWER, AskResponse, frame } from '../probe.mjs';

const HEADERS = { ':status': 200, 'content-type': 'application/grpc+proto' };

export async function start() {
  const reply = frame(AskResponse.encode(ANSWER).finish());
  const server = createServer();
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    stream.on('end', () => {
      stream.respond(HEADERS, { waitForTrailers: true });
      stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
      stream.end(reply);
    });
    stream.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: server.address().port };
}
