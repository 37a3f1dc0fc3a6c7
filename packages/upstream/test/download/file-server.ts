import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Behaviour = (answer: ServerResponse, request: IncomingMessage) => void;

export interface FileServer extends AsyncDisposable {
  /** `http://127.0.0.1:port`, or of the address it was started on. */
  readonly origin: string;
  readonly port: number;
  requests(): number;
  connections(): number;
  /** Connections that are open now. */
  open(): number;
}

/** A server that does to every request what the behaviour of its path says. */
export async function startFileServer(
  behaviours: Record<string, Behaviour>,
  address = '127.0.0.1',
): Promise<FileServer> {
  let requests = 0;
  let connections = 0;
  const sockets = new Set<Socket>();
  const server = createServer((request, answer) => {
    requests += 1;
    behaviours[request.url ?? '']?.(answer, request);
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, address), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    port,
    requests: () => requests,
    connections: () => connections,
    open: () => sockets.size,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** The bytes a PNG begins with. */
export const PNG = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
export const isPng = (head: Buffer): boolean => head.subarray(0, PNG.length).equals(PNG);

/** An answer as it should be. */
export const picture =
  (bytes: Buffer): Behaviour =>
  (answer) =>
    void answer.writeHead(200, { 'content-type': 'image/png', 'content-length': bytes.length }).end(bytes);

export const redirect =
  (location: string): Behaviour =>
  (answer) =>
    void answer.writeHead(302, { location }).end();
