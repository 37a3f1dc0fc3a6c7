import { connect, createServer, type Socket } from 'node:net';

/** Leads to the server until it is muted: then nothing comes through any more, and nobody is told. */
export async function muteableProxy(
  to: number,
): Promise<{ port: number; mute: () => void; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  let isMute = false;
  const proxy = createServer((socket) => {
    sockets.add(socket);
    if (isMute) return;
    const target = connect(to, '127.0.0.1');
    sockets.add(target);
    for (const end of [socket, target]) end.on('error', () => {});
    socket.on('data', (data) => isMute || target.write(data));
    target.on('data', (data) => isMute || socket.write(data));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => proxy.close(resolve));
  };
  return { port: (proxy.address() as { port: number }).port, mute: () => (isMute = true), close };
}
