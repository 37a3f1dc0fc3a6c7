import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface LossyProxy {
  readonly port: number;
  /** From now on what the server says is lost; what it is told still arrives. */
  loseAnswers(): void;
  /** Breaks all connections. New ones lose nothing. */
  cut(): void;
  close(): Promise<void>;
}

/** Leads to a server, and can lose its answers. */
export async function lossyProxy(to: number): Promise<LossyProxy> {
  const sockets = new Set<Socket>();
  let losesAnswers = false;
  const server = createServer((client) => {
    const target = connect(to, '127.0.0.1');
    for (const [end, other] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(end);
      end.on('error', () => {});
      end.on('close', () => {
        sockets.delete(end);
        other.destroy();
      });
    }
    client.on('data', (data) => target.write(data));
    target.on('data', (data) => losesAnswers || client.write(data));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const cut = (): void => {
    losesAnswers = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswers: () => (losesAnswers = true),
    cut,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}
