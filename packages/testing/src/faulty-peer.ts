import { once } from 'node:events';
import {
  constants,
  createServer as createHttp2Server,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a peer may do to a call, where no server of gRPC would. */
export type Fault =
  /** Accepts connections and never says a word. */
  | { kind: 'black-hole' }
  /** Speaks HTTP/2 until the first call and reads nothing from then on, as a machine that lost its network. */
  | { kind: 'half-open' }
  /** Takes calls and never answers. */
  | { kind: 'silent' }
  /** Answers in full, one byte every `everyMs`. */
  | { kind: 'slow'; everyMs: number }
  /** Sends `messages` replies, then resets the stream. */
  | { kind: 'reset'; messages: number; code?: number }
  /** Sends `messages` replies, then closes the socket. */
  | { kind: 'hang-up'; messages: number }
  /** Announces the end of the connection (GOAWAY) with every `everyCalls`th call, and answers all it has taken. */
  | { kind: 'goaway'; everyCalls: number }
  /** One reply behind these response headers and in front of these trailers. */
  | { kind: 'answer'; headers?: OutgoingHttpHeaders; trailers?: OutgoingHttpHeaders; body?: Uint8Array };

export interface FaultyPeer extends AsyncDisposable {
  /** `host:port`. */
  readonly target: string;
  /** Calls that arrived. */
  calls(): number;
  /** Connections that were made. */
  connections(): number;
}

/** How a message goes on the wire: a flag for compression, its length, its bytes. */
export function grpcFrame(message: Uint8Array, { flag = 0, length = message.length } = {}): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(flag, 0);
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, message]);
}

const HEADERS: OutgoingHttpHeaders = { ':status': 200, 'content-type': 'application/grpc' };
const OK: OutgoingHttpHeaders = { 'grpc-status': '0' };

/** A peer on the loopback that does `fault` to every call; `reply` is the message it answers with. */
export async function startFaultyPeer(fault: Fault, reply: Uint8Array = new Uint8Array()): Promise<FaultyPeer> {
  let calls = 0;
  let connections = 0;
  const sockets = new Set<Socket>();
  const server: Server = fault.kind === 'black-hole' ? createTcpServer() : (createHttp2Server() as unknown as Server);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).once('close', () => sockets.delete(socket));
  });
  server.on('sessionError', () => {});
  server.on('stream', (stream: ServerHttp2Stream) => {
    calls += 1;
    stream.on('error', () => {});
    const commit = { call: calls, frame: grpcFrame(reply), last: [...sockets].at(-1) };
    misbehave(fault, stream, commit);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    target: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    connections: () => connections,
    [Symbol.asyncDispose]: stop,
  };
}

interface Served {
  call: number;
  frame: Buffer;
  last: Socket | undefined;
}

function misbehave(fault: Fault, stream: ServerHttp2Stream, { call, frame, last }: Served): void {
  switch (fault.kind) {
    case 'black-hole':
    case 'silent':
      return;
    case 'half-open':
      last?.pause();
      return;
    case 'slow':
      return trickle(stream, frame, fault.everyMs);
    case 'reset':
      return begin(stream, frame, fault.messages, () => reset(stream, fault.code));
    case 'hang-up':
      return begin(stream, frame, fault.messages, () => last?.destroy());
    case 'goaway':
      if (call % fault.everyCalls === 0) stream.session?.close();
      return answer(stream, { body: frame });
    case 'answer':
      return answer(stream, { ...fault, body: fault.body ?? frame });
  }
}

/** Sends some replies and lets them arrive before `end`: a reset would overtake what is still to be written. */
function begin(stream: ServerHttp2Stream, frame: Buffer, messages: number, end: () => void): void {
  stream.respond(HEADERS);
  stream.write(Buffer.concat(Array.from({ length: messages }, () => frame)), () => setImmediate(end));
}

/** `close` of node:http2 first ends a stream that is open for writing, and the reset comes too late to be seen. */
function reset(stream: ServerHttp2Stream, code: number = constants.NGHTTP2_INTERNAL_ERROR): void {
  stream.end = () => stream;
  stream.close(code);
}

interface Answer {
  headers?: OutgoingHttpHeaders;
  trailers?: OutgoingHttpHeaders;
  body: Uint8Array;
}

function answer(stream: ServerHttp2Stream, { headers, trailers = OK, body }: Answer): void {
  stream.respond({ ...HEADERS, ...headers }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(trailers));
  stream.end(body);
}

function trickle(stream: ServerHttp2Stream, frame: Buffer, everyMs: number): void {
  stream.respond(HEADERS, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers(OK));
  let sent = 0;
  const timer = setInterval(() => {
    if (stream.destroyed || sent >= frame.length) {
      clearInterval(timer);
      if (!stream.destroyed) stream.end();
      return;
    }
    stream.write(frame.subarray(sent, sent + 1));
    sent += 1;
  }, everyMs);
  stream.once('close', () => clearInterval(timer));
}
