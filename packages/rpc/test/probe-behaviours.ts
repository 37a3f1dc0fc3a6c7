import { status } from '@grpc/grpc-js';
import { createClient, currentCall, openChannel, RemoteError, StatusError, type CallContext } from '../src/index.ts';
import { ProbeServiceDefinition } from './gen/exempla/rpctest/v1/probe_service.ts';
import type { Probe } from './probe-server.ts';

export const SECRET = 'connect ECONNREFUSED 10.1.2.3:5432 password=hunter2';

export class RoomError extends Error {
  readonly reason: string;
  readonly metadata: Record<string, string>;
  constructor(reason: string, message: string, metadata: Record<string, string> = {}) {
    super(message);
    this.reason = reason;
    this.metadata = metadata;
  }
}

/** What the probe service can be asked to do, by name. */
export const behaviours: Record<string, (probe: Probe, context: CallContext) => Promise<string>> = {
  answer: async () => 'hello',
  whoami: async (_, context) => `${context.tenant} ${context.requestId}`,
  chain: async (probe) =>
    (await probe.client.ask({ behaviour: 'answer' }, { timeoutMs: 2_000 })).deadlineLeftMs.toString(),
  'chain-wait': async (probe) => (await probe.client.ask({ behaviour: 'wait' })).text,
  wait: async (probe, { signal }) => {
    probe.waiting.open();
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    probe.aborted.open(signal.reason);
    throw signal.reason;
  },
  tidy: async (probe, { signal }) => {
    probe.waiting.open();
    const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    signal.addEventListener('abort', () => probe.aborted.open(currentCall()?.tenant), { once: true });
    await ended;
    return 'tidied up';
  },
  held: async (probe) => {
    await probe.release.promise;
    return 'released';
  },
  slow: async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return 'slow';
  },
  deaf: async (probe) => {
    probe.waiting.open();
    return new Promise(() => {});
  },
  bug: async () => {
    throw new Error(SECRET);
  },
  'frozen-error': async () => {
    const error = new Error(SECRET);
    Object.freeze(error);
    throw error;
  },
  // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what is thrown need not be an error
  'throw-string': () => Promise.reject(SECRET),
  room: async () => {
    throw new RoomError('THING_MISSING', 'no such thing', { name: 'things/1' });
  },
  'bad-field': async () => {
    throw new RoomError('THING_WRONG', 'things must be right', { field: 'thing' });
  },
  'half-surrogate': async () => {
    throw new RoomError('THING_MISSING', 'no such thing: \ud83d', { name: 'things/\ud83d' });
  },
  'inherited-reason': async () => {
    throw new RoomError('toString', SECRET);
  },
  'much-metadata': async () => {
    throw new RoomError('THING_MISSING', 'm'.repeat(100_000), { thing: 'x'.repeat(100_000) });
  },
  unlisted: async () => {
    throw new RoomError('NOT_IN_TABLE', SECRET);
  },
  caused: async () => {
    throw new StatusError(status.UNAVAILABLE, 'THING_AWAY', 'the thing is away', { cause: new Error(SECRET) });
  },
  'never-retry': async () => {
    throw new StatusError(status.UNAVAILABLE, 'THING_AWAY', 'away', { retryAfterMs: Number.NaN });
  },
  'much-of-everything': async () => {
    const entries = Array.from({ length: 300 }, (_, i) => [`key-${i}`, '漢'.repeat(400)]);
    throw new StatusError(status.FAILED_PRECONDITION, 'MUCH', '漢'.repeat(500), {
      metadata: Object.fromEntries(entries),
    });
  },
  'strange-peer': async () => {
    throw new RemoteError('a.B/C', status.UNAVAILABLE, 'away', { reason: 'AWAY', retryAfterMs: 2 ** 63 * 1_000 });
  },
  full: async () => {
    throw new StatusError(status.RESOURCE_EXHAUSTED, 'FULL', 'all full', {
      retryAfterMs: 1500,
      metadata: { in_use: '5' },
    });
  },
  'downstream-bug': async (probe) => (await probe.client.ask({ behaviour: 'bug' })).text,
  'downstream-room': async (probe) => (await probe.client.ask({ behaviour: 'room' })).text,
  'downstream-full': async (probe) => (await probe.client.ask({ behaviour: 'full' })).text,
  'downstream-gone': async () => {
    const nobody = openChannel('127.0.0.1:1');
    try {
      return (await createClient(ProbeServiceDefinition, nobody).ask({ behaviour: 'answer' })).text;
    } finally {
      nobody.close();
    }
  },
};
