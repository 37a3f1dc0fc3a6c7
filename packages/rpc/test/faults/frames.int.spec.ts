import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type ClientHttp2Session, type ClientHttp2Stream, type IncomingHttpHeaders } from 'node:http2';
import { eventually, grpcFrame, seeded } from '@exempla/testing';
import { createClient, openChannel } from '../../src/index.ts';
import { AskRequest, EchoRequest, ProbeServiceDefinition } from '../gen/exempla/rpctest/v1/probe_service.ts';
import { startMutatingRelay, type MutatingRelay } from './mutating-relay.ts';
import { DATA, DATA_MUTATIONS, HEADER_MUTATIONS, HEADERS, type Mutation } from './mutations.ts';
import { startReplica, type Replica, type ReplicaMemory } from './replicas.ts';

const SEED = Number(process.env['FAULTS_SEED'] ?? Date.now() % 1_000_000);
const FRAMES = Number(process.env['FAULTS_FRAMES'] ?? 20_000);
const WARM_UP = 2_000;
const MAX_GROWTH_BYTES = 8 << 20;
/** What the allocator keeps for later: no more after 50,000 frames than after 20,000. */
const MAX_RESIDENT_GROWTH_BYTES = 160 << 20;
/** Of each round on a connection: so many at once that HTTP/2 takes, then some that may end it, one by one. */
const DATA_AT_ONCE = 16;
const HEADERS_IN_A_ROW = 5;

/** Nobody outside may read where the code lies, what it is made of or what went wrong in it. */
const INNER =
  /node_modules|\.[jt]s:\d|\/packages\/|file:\/\/|(Type|Range|Syntax|Reference|Assertion)Error|\bat \S+ \(|ERR_|nghttp2/i;

const ask = grpcFrame(AskRequest.encode(AskRequest.fromPartial({ behaviour: 'answer, please' })).finish());
const echo = grpcFrame(EchoRequest.encode({ text: 'a word or two' }).finish());
const METHODS: [string, Buffer][] = [
  ['Read', ask],
  ['Ask', ask],
  ['Echo', echo],
];

interface Tally {
  calls: number;
  /** Calls that came back with a grpc-status. */
  answered: number;
  /** Statuses, each with how often it came. */
  statuses: Record<string, number>;
  /** Answers that say more than they may. */
  leaks: string[];
  connections: number;
}

class Client {
  readonly #relay: MutatingRelay;
  readonly #random: () => number;
  readonly tally: Tally = { calls: 0, answered: 0, statuses: {}, leaks: [], connections: 0 };

  constructor(relay: MutatingRelay, random: () => number) {
    this.#relay = relay;
    this.#random = random;
  }

  /** Connections with streams that stay open, and calls beside them of which each has one frame changed. */
  async run(calls: number): Promise<void> {
    const end = this.tally.calls + calls;
    while (this.tally.calls < end) await this.#connection(end);
  }

  async #connection(end: number): Promise<void> {
    const session = connect(`http://127.0.0.1:${this.#relay.port}`);
    session.on('error', () => {});
    await once(session, 'connect');
    this.tally.connections += 1;
    for (let i = 0; i < 3; i += 1) this.#open(session, ['Echo', echo]).write(echo);
    try {
      while (this.tally.calls < end && alive(session)) {
        const together = Array.from({ length: DATA_AT_ONCE }, () => this.#call(session, DATA, DATA_MUTATIONS));
        await Promise.all(together);
        for (let i = 0; i < HEADERS_IN_A_ROW && alive(session); i += 1)
          await this.#call(session, HEADERS, HEADER_MUTATIONS);
      }
    } finally {
      session.destroy();
    }
  }

  #open(session: ClientHttp2Session, [method]: [string, Buffer]): ClientHttp2Stream {
    const stream = session.request({
      ':method': 'POST',
      ':path': `/exempla.rpctest.v1.ProbeService/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
      'grpc-timeout': '400m',
    });
    stream.on('error', () => {});
    return stream;
  }

  async #call(session: ClientHttp2Session, type: number, mutations: Record<string, Mutation>): Promise<void> {
    if (!alive(session)) return;
    this.tally.calls += 1;
    const method = METHODS[Math.floor(this.#random() * METHODS.length)]!;
    const names = Object.keys(mutations);
    const name = names[Math.floor(this.#random() * names.length)]!;
    const stream = this.#open(session, method);
    this.#relay.plan(session.socket.localPort!, stream.id!, { type, mutate: mutations[name]! });
    const seen: (IncomingHttpHeaders | string)[] = [];
    stream.on('response', (headers) => void seen.push(headers));
    stream.on('trailers', (headers) => void seen.push(headers));
    stream.on('data', (bytes: Buffer) => void seen.push(bytes.toString('latin1')));
    stream.end(method[1]);
    const timer = setTimeout(() => stream.destroy(), 1_500);
    await new Promise<void>((resolve) => stream.once('close', () => resolve()));
    clearTimeout(timer);
    this.#note(name, seen);
  }

  #note(name: string, seen: (IncomingHttpHeaders | string)[]): void {
    const headers = Object.assign({}, ...seen.filter((part) => typeof part !== 'string')) as IncomingHttpHeaders;
    const code = headers['grpc-status'];
    if (code === undefined) return;
    this.tally.answered += 1;
    const key = String(code);
    this.tally.statuses[key] = (this.tally.statuses[key] ?? 0) + 1;
    const details = Buffer.from(String(headers['grpc-status-details-bin'] ?? ''), 'base64').toString('latin1');
    const all = `${JSON.stringify(headers).replaceAll('%20', ' ')} ${details} ${seen.filter((s) => typeof s === 'string').join('')}`;
    if (INNER.test(all)) this.tally.leaks.push(`${name}: ${all.slice(0, 300)}`);
  }
}

const alive = (session: ClientHttp2Session): boolean => !session.closed && !session.destroyed;

/** What the server holds once no call is left. */
async function memoryOf({ port }: Replica): Promise<ReplicaMemory> {
  const channel = openChannel(`127.0.0.1:${port}`);
  const client = createClient(ProbeServiceDefinition, channel);
  let memory: ReplicaMemory | undefined;
  try {
    await eventually('every call but this one is over', async () => {
      memory = JSON.parse((await client.read({ behaviour: 'memory' })).text) as ReplicaMemory;
      return memory.inFlight === 1;
    });
  } finally {
    channel.close();
  }
  return memory!;
}

describe(`${FRAMES} frames changed on valid connections with open streams (FAULTS_SEED=${SEED})`, () => {
  it(
    'leave the server alive, its memory flat, and no inner detail in any answer',
    async () => {
      await using replica = await startReplica('server');
      const random = seeded(SEED);
      await using relay = await startMutatingRelay(replica.port, random);
      const client = new Client(relay, random);
      await client.run(WARM_UP);
      const before = await memoryOf(replica);
      while (relay.mutated() < FRAMES) await client.run(Math.max(50, FRAMES - relay.mutated()));
      const after = await memoryOf(replica);
      const { tally } = client;
      console.info(JSON.stringify({ frames: relay.mutated(), ...tally, before, after }));
      expect(tally.leaks).toEqual([]);
      expect(relay.mutated()).toBeGreaterThanOrEqual(FRAMES);
      expect(tally.answered / tally.calls).toBeGreaterThanOrEqual(0.6);
      expect(after.heldBytes - before.heldBytes).toBeLessThan(MAX_GROWTH_BYTES);
      expect(after.residentBytes - before.residentBytes).toBeLessThan(MAX_RESIDENT_GROWTH_BYTES);
      const channel = openChannel(`127.0.0.1:${replica.port}`);
      const { text } = await createClient(ProbeServiceDefinition, channel).read({ behaviour: 'answer' });
      channel.close();
      expect(text).toBe('server');
    },
    60_000 + 3 * FRAMES,
  );
});
