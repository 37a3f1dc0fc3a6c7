// The floor: node:http2 that reads a request and answers with one fixed gRPC message, or with the same chunk again and again,
// without looking at anything.
import { once } from 'node:events';
import { createServer } from 'node:http2';
import { ANSWER, AskResponse, chunk, COUNT_PATH, CountResponse, frame } from '../probe.mjs';

const CHUNK_BYTES = 64 << 10;
const HEADERS = { ':status': 200, 'content-type': 'application/grpc+proto' };

export async function start() {
  const reply = frame(AskResponse.encode(ANSWER).finish());
  const server = createServer();
  const message = frame(CountResponse.encode({ value: 1, payload: chunk(CHUNK_BYTES) }).finish());
  server.on('stream', (stream, { ':path': path }) => {
    stream.on('error', () => {});
    stream.on('end', () => {
      if (path === COUNT_PATH) return writeEndlessly(stream, message);
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

/** As long as there is a reader, and at its pace. */
function writeEndlessly(stream, message) {
  stream.respond(HEADERS);
  const write = () => {
    while (!stream.destroyed && stream.write(message));
  };
  stream.on('drain', write);
  write();
}
