import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const HEAD_BYTES = 12;
const TYPE_A = 1;
/** This is an answer, and recursion is to be had. */
const ANSWER_FLAGS = 0x8180;
/** Points at the name in the question. */
const SAME_NAME = 0xc00c;

export interface DnsServer extends AsyncDisposable {
  readonly port: number;
  /** Times that IPv4 addresses were asked for. */
  asked(): number;
  /** What every name resolves to from now on. */
  resolveTo(...addresses: string[]): void;
}

/** A name server on the loopback that gives every name the same IPv4 addresses, and lets a test change them. */
export async function startDnsServer(...initial: string[]): Promise<DnsServer> {
  let addresses = initial;
  let asked = 0;
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const end = questionEnd(query);
    const isA = query.readUInt16BE(end - 4) === TYPE_A;
    if (isA) asked += 1;
    socket.send(answerTo(query.subarray(0, end), isA ? addresses : []), from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    asked: () => asked,
    resolveTo: (...next) => {
      addresses = next;
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}

/** Behind the labels of the name, its type and its class. */
function questionEnd(query: Buffer): number {
  let at = HEAD_BYTES;
  while (query[at] !== 0) at += 1 + query[at]!;
  return at + 5;
}

function answerTo(question: Buffer, addresses: readonly string[]): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(ANSWER_FLAGS, 2);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, ...addresses.map(record)]);
}

/** An A record that may not be kept: its time to live is 0. */
function record(address: string): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16BE(SAME_NAME, 0);
  bytes.writeUInt16BE(TYPE_A, 2);
  bytes.writeUInt16BE(1, 4);
  bytes.writeUInt16BE(4, 10);
  bytes.set(address.split('.').map(Number), 12);
  return bytes;
}
