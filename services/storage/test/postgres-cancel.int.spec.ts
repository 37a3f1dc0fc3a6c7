import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from '@jest/globals';
import { gate } from '@exempla/testing';
import { sendCancel } from '../src/adapters/postgres-cancel.ts';

/** Without certificates: nothing is proved here but that the request goes through TLS. */
const ANONYMOUS = { ciphers: 'AECDH-AES128-SHA@SECLEVEL=0', maxVersion: 'TLSv1.2' } as const;
const CANCEL = Buffer.from('0000001004d2162e0000002a80000001', 'hex');
const SSL_REQUEST = Buffer.from('0000000804d2162f', 'hex');

const servers: { server: Server; sockets: Socket[] }[] = [];
afterEach(() => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
});

async function listen(talk: (socket: Socket) => Promise<void>): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    talk(socket).catch(() => socket.destroy());
  });
  servers.push({ server, sockets });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const next = async (socket: Socket): Promise<Buffer> => ((await once(socket, 'data')) as [Buffer])[0];
const target = (port: number, ssl: Parameters<typeof sendCancel>[0]['ssl'] = false) => ({
  host: '127.0.0.1',
  port,
  ssl,
  processId: 42,
  // Keys are unsigned on the wire and signed in the driver.
  secretKey: -2_147_483_647,
});

describe('a cancel request', () => {
  it('names the backend and its key, and is over when the server has closed', async () => {
    const received: Buffer[] = [];
    const port = await listen(async (socket) => {
      received.push(await next(socket));
      received.push(Buffer.from('closing'));
      socket.end();
    });
    await sendCancel(target(port), 2_000);
    expect(received).toEqual([CANCEL, Buffer.from('closing')]);
  });

  it('goes through TLS when the connection does', async () => {
    const received: Buffer[] = [];
    const port = await listen(async (socket) => {
      received.push(await next(socket));
      socket.write('S');
      const secure = new TLSSocket(socket, { isServer: true, ...ANONYMOUS });
      received.push(await next(secure));
      secure.end();
    });
    await sendCancel(target(port, { ...ANONYMOUS, rejectUnauthorized: false }), 2_000);
    expect(received).toEqual([SSL_REQUEST, CANCEL]);
  });

  it('is not sent in the clear when the server refuses TLS', async () => {
    const closed = gate();
    const received: Buffer[] = [];
    const port = await listen(async (socket) => {
      received.push(await next(socket));
      socket.on('data', (data: Buffer) => received.push(data));
      socket.on('close', () => closed.open());
      socket.write('N');
    });
    await expect(sendCancel(target(port, true), 2_000)).rejects.toThrow('does not take TLS');
    await closed.promise;
    expect(Buffer.concat(received)).toEqual(SSL_REQUEST);
  });

  it('fails in time when nobody answers', async () => {
    const port = await listen(async () => {});
    await expect(sendCancel(target(port), 100)).rejects.toThrow('the cancel request was not answered');
  });

  it('fails when nobody listens', async () => {
    await expect(sendCancel(target(1), 2_000)).rejects.toThrow('ECONNREFUSED');
  });
});
