// Bytes into a file and out of one, and nothing else: node:http2 with the windows that the mesh has.
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createServer } from 'node:http2';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

const WINDOW_BYTES = 4 << 20;

export async function start({ directory }) {
  const server = createServer({ settings: { initialWindowSize: WINDOW_BYTES } });
  const file = join(directory, 'plain-object');
  server.on('session', (session) => session.setLocalWindowSize(WINDOW_BYTES));
  server.on('stream', (stream, headers) => {
    const serve = async () => {
      if (headers[':method'] === 'PUT') {
        await pipeline(stream, createWriteStream(file), { end: true });
        stream.respond({ ':status': 200 });
        stream.end();
      } else {
        stream.respond({ ':status': 200 });
        await pipeline(createReadStream(file), stream);
      }
    };
    serve().catch((error) => console.error(error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { commands: {}, ready: { port: server.address().port } };
}
