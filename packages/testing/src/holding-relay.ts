import { once } from 'node:events';
import {
  connect as connectHttp2,
  constants,
  performServerHandshake,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { gate, type Gate } from './barrier.ts';

/** Where a relay can stop: before it goes on with a connection or a call, after some data of the reply, before its end. */
export type HoldPoint =
  | { at: 'connection' }
  | { at: 'call'; method: string }
  | { at: 'data'; method: string; count: number }
  | { at: 'end'; method: string };

/** A hold that was asked for; the first that comes to its point stops there. */
export interface Held {
  /** Resolves when something has come to the point and stands there. */
  readonly reached: Promise<void>;
  /** Resolves when the caller of what stands there has given it up. */
  readonly left: Promise<void>;
  /** Lets it go on, and whatever else comes there. */
  release(): void;
}

/** Stands between a caller of gRPC and its peer, and stops calls where it is told to. */
export interface HoldingRelay extends AsyncDisposable {
  /** `host:port` for the caller. */
  readonly target: string;
  /** Ends all connections; new ones go to this port of the loopback. */
  leadTo(port: number): void;
  hold(point: HoldPoint): Held;
  /** Calls of a method that have been passed on. */
  passed(method: string): number;
  /** Connections that lead through, and that the caller uses. */
  connections(): number;
}

interface Waiting {
  readonly point: HoldPoint;
  readonly reached: Gate;
  readonly left: Gate;
  readonly released: Gate;
}

/** As the mesh's own channels have it. */
const WINDOW_BYTES = 4 << 20;

const nothing = (): void => {};

/** A relay on the loopback. A connection to it lives as long as the one it is relayed by, and no longer. */
export async function startHoldingRelay(port: number): Promise<HoldingRelay> {
  const relay = new Relay(port);
  await relay.listen();
  return relay;
}

class Relay implements HoldingRelay {
  readonly #server = createServer((socket) => void this.#accept(socket));
  readonly #sockets = new Set<Socket>();
  readonly #passed = new Map<string, number>();
  readonly #links = new Set<Socket>();
  #holds: Waiting[] = [];
  #port: number;

  constructor(port: number) {
    this.#port = port;
  }

  async listen(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
  }

  get target(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  leadTo(port: number): void {
    this.#port = port;
    this.#endConnections();
  }

  hold(point: HoldPoint): Held {
    const waiting = { point, reached: gate(), left: gate(), released: gate() };
    this.#holds.push(waiting);
    const release = (): void => {
      this.#holds = this.#holds.filter((one) => one !== waiting);
      waiting.released.open();
    };
    return { reached: waiting.reached.promise, left: waiting.left.promise, release };
  }

  passed(method: string): number {
    return this.#passed.get(method) ?? 0;
  }

  connections(): number {
    return [...this.#links].filter(({ destroyed }) => !destroyed).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { released } of this.#holds) released.open();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#endConnections();
    await closed;
  }

  #endConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Stands still while a hold is on this point. */
  async #pass(point: HoldPoint, caller: Socket | ServerHttp2Stream): Promise<void> {
    const held = this.#holds.find((one) => isSame(one.point, point));
    if (!held) return;
    if (caller.destroyed) held.left.open();
    else caller.once('close', () => held.left.open());
    held.reached.open();
    await held.released.promise;
  }

  async #accept(socket: Socket): Promise<void> {
    this.#keep(socket);
    await this.#pass({ at: 'connection' }, socket);
    const link = connect(this.#port, '127.0.0.1');
    this.#keep(link);
    link.once('close', () => socket.destroy());
    socket.once('close', () => link.destroy());
    if (socket.destroyed) link.destroy();
    link.once('connect', () => this.#join(socket, link));
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', nothing).once('close', () => this.#sockets.delete(socket));
  }

  #join(socket: Socket, link: Socket): void {
    const settings = { initialWindowSize: WINDOW_BYTES };
    const above: ServerHttp2Session = performServerHandshake(socket, { settings });
    const below: ClientHttp2Session = connectHttp2('http://127.0.0.1', { createConnection: () => link, settings });
    for (const session of [above, below]) session.on('error', nothing);
    // Only with the caller's word for it: until then it may still refuse calls because of the connection before.
    above.once('localSettings', () => {
      this.#links.add(link);
      link.once('close', () => this.#links.delete(link));
    });
    above.on('stream', (stream, headers) => void this.#relay(stream, headers, below));
  }

  async #relay(caller: ServerHttp2Stream, headers: IncomingHttpHeaders, below: ClientHttp2Session): Promise<void> {
    caller.on('error', nothing);
    const method = String(headers[':path']).split('/').at(-1) ?? '';
    await this.#pass({ at: 'call', method }, caller);
    // Who has left meanwhile never came, as far as the peer is concerned.
    if (caller.destroyed || caller.aborted || below.destroyed) return;
    this.#passed.set(method, this.passed(method) + 1);
    const peer = below.request(headers);
    peer.on('error', nothing);
    passRequest(caller, peer);
    this.#passReply(peer, caller, method);
    caller.once('close', () => peer.destroyed || peer.close(caller.rstCode));
    peer.once('close', () => {
      // With the peer's connection goes the caller's, as when they had but one: without a reset.
      const isReset = peer.rstCode !== constants.NGHTTP2_NO_ERROR && !below.destroyed;
      if (isReset && !caller.destroyed) caller.close(peer.rstCode);
    });
  }

  #passReply(peer: ClientHttp2Stream, caller: ServerHttp2Stream, method: string): void {
    let trailers: IncomingHttpHeaders | undefined;
    let count = 0;
    peer.once('response', (headers, flags) => {
      if (caller.destroyed) return;
      // A reply that is all trailers, as gRPC answers with an error.
      const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
      caller.respond(headers, endStream ? { endStream } : { waitForTrailers: true });
    });
    peer.once('trailers', (headers) => (trailers = headers));
    caller.once('wantTrailers', () => caller.sendTrailers(trailers ?? {}));
    peer.on('data', (data: Buffer) => {
      if (caller.destroyed) return;
      count += 1;
      const isFull = !caller.write(data);
      peer.pause();
      const room = isFull ? once(caller, 'drain').catch(nothing) : undefined;
      void Promise.all([room, this.#pass({ at: 'data', method, count }, caller)]).then(() => peer.resume());
    });
    peer.once('end', () => {
      // Without trailers it is a connection that broke, and that is what the caller is to see.
      if (trailers) void this.#pass({ at: 'end', method }, caller).then(() => caller.destroyed || caller.end());
    });
  }
}

/** Not a pipe: that would end the request of a caller who has cancelled it, as if it were complete. */
function passRequest(caller: ServerHttp2Stream, peer: ClientHttp2Stream): void {
  caller.on('data', (data: Buffer) => {
    if (peer.destroyed || peer.write(data)) return;
    caller.pause();
    peer.once('drain', () => caller.resume());
  });
  caller.once('end', () => {
    if (!caller.aborted && !peer.destroyed) peer.end();
  });
}

function isSame(hold: HoldPoint, here: HoldPoint): boolean {
  if (hold.at === 'connection' || here.at === 'connection') return hold.at === here.at;
  if (hold.at === 'data' && here.at === 'data') return hold.method === here.method && here.count >= hold.count;
  return hold.at === here.at && hold.method === here.method;
}
