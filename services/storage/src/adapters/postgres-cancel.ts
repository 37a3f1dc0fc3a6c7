import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { once } from 'node:events';

/** A backend of the server, and how to reach it. */
export interface CancelTarget {
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean | ConnectionOptions;
  readonly processId: number;
  readonly secretKey: number;
}

/** Request codes of the PostgreSQL protocol, section "Message Formats". */
const CANCEL_REQUEST = 80_877_102;
const SSL_REQUEST = 80_877_103;

function packet(...words: number[]): Buffer {
  const bytes = Buffer.alloc(4 + 4 * words.length);
  bytes.writeInt32BE(bytes.length, 0);
  words.forEach((word, index) => bytes.writeInt32BE(word | 0, 4 + 4 * index));
  return bytes;
}

async function secured(socket: Socket, target: CancelTarget): Promise<Socket> {
  if (target.ssl === false) return socket;
  socket.write(packet(SSL_REQUEST));
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (answer.toString('latin1') !== 'S') throw new Error('the server does not take TLS for a cancel request');
  const options = target.ssl === true ? {} : target.ssl;
  // A server name cannot be an address.
  const servername = options.servername ?? (isIP(target.host) === 0 ? target.host : undefined);
  const secure = connectTls({ ...options, socket, ...(servername === undefined ? {} : { servername }) });
  await once(secure, 'secureConnect');
  return secure;
}

/**
 * Asks the server to stop what the backend does. Resolves when the server has passed the request on and closed the
 * connection, so that it can no longer hit a statement that is sent after.
 */
export async function sendCancel(target: CancelTarget, timeoutMs: number): Promise<void> {
  const isPath = target.host.startsWith('/');
  const socket = isPath
    ? connect(`${target.host}/.s.PGSQL.${target.port}`)
    : connect({ host: target.host, port: target.port, noDelay: true });
  socket.setTimeout(timeoutMs, () => socket.destroy(new Error('the cancel request was not answered')));
  // `once` below reports the first error; a later one must not end the process.
  socket.on('error', () => {});
  try {
    await once(socket, 'connect');
    const line = await secured(socket, target);
    line.write(packet(CANCEL_REQUEST, target.processId, target.secretKey));
    line.resume();
    if (!line.closed) await once(line, 'close');
  } finally {
    socket.destroy();
  }
}
