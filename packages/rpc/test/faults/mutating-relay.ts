import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Frame, Mutation, Random } from './mutations.ts';

const PREFACE_BYTES = 24;
const HEAD_BYTES = 9;

interface Planned {
  /** Type of the frame to change. */
  type: number;
  mutate: Mutation;
}

/** Passes frames on to a server, and changes those it is told to. */
export interface MutatingRelay extends AsyncDisposable {
  readonly port: number;
  /** Frames that were changed. */
  mutated(): number;
  /** By the local port of the client: what is to become of the first such frame of a stream. */
  plan(localPort: number, stream: number, planned: Planned): void;
}

export async function startMutatingRelay(target: number, random: Random): Promise<MutatingRelay> {
  const plans = new Map<string, Planned>();
  const sockets = new Set<Socket>();
  let mutated = 0;
  const changed = (client: number | undefined, frame: Frame): Frame[] => {
    const key = `${client}/${frame.stream}`;
    const planned = plans.get(key);
    if (planned?.type !== frame.type || frame.payload.length < 6) return [frame];
    plans.delete(key);
    mutated += 1;
    return planned.mutate(frame, random);
  };
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true });
    const pass = framesOf((frame) => {
      for (const each of changed(near.remotePort, frame)) far.write(bytesOf(each));
    });
    near.on('data', (bytes: Buffer) => pass(bytes, far));
    far.on('data', (bytes) => near.write(bytes));
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        other.end();
        other.destroySoon();
      });
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    port: (server.address() as AddressInfo).port,
    mutated: () => mutated,
    plan: (localPort, stream, planned) => void plans.set(`${localPort}/${stream}`, planned),
    [Symbol.asyncDispose]: stop,
  };
}

/** Cuts bytes into frames, whatever pieces they come in; the preface goes on as it is. */
function framesOf(onFrame: (frame: Frame) => void): (bytes: Buffer, far: Socket) => void {
  let pending = Buffer.alloc(0);
  let begun = false;
  return (bytes, far) => {
    pending = Buffer.concat([pending, bytes]);
    if (!begun) {
      if (pending.length < PREFACE_BYTES) return;
      begun = true;
      far.write(pending.subarray(0, PREFACE_BYTES));
      pending = pending.subarray(PREFACE_BYTES);
    }
    while (pending.length >= HEAD_BYTES && pending.length >= HEAD_BYTES + pending.readUIntBE(0, 3)) {
      const end = HEAD_BYTES + pending.readUIntBE(0, 3);
      const stream = pending.readUInt32BE(5) & 0x7fffffff;
      onFrame({ type: pending[3]!, flags: pending[4]!, stream, payload: pending.subarray(HEAD_BYTES, end) });
      pending = pending.subarray(end);
    }
  };
}

function bytesOf({ type, flags, stream, payload }: Frame): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}
