import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Passes bytes on to `target` and counts those that go there. */
export interface Relay extends AsyncDisposable {
  readonly target: string;
  sentBytes(): number;
  /** The connections there are pass nothing on any more and stay open, as those to a machine that has lost its power. */
  silence(): void;
}

export async function startRelay(target: string): Promise<Relay> {
  const [host = '', port = ''] = target.split(':');
  const sockets = new Set<Socket>();
  let sent = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), host);
    near.on('data', (bytes) => (sent += bytes.length));
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      // Either end may be gone first; the call that ran over it says how it ended.
      socket.on('error', () => socket.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    sentBytes: () => sent,
    silence: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
