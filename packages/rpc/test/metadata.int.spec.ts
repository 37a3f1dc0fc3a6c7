import { Client, credentials, Metadata, type ServiceError, type StatusObject } from '@grpc/grpc-js';
import { Controller, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, recordingLogger, type RecordingLogger } from '@exempla/testing';
import {
  createClient,
  openChannel,
  ReceivedMetadata,
  RpcMethod,
  startServer,
  StatusError,
  status,
  withBudget,
  type CallContext,
  type Channel,
  type RpcClient,
  type RunningServer,
} from '../src/index.ts';
import {
  ProbeServiceDefinition,
  type AskRequest,
  type AskResponse,
  type CountRequest,
  type CountResponse,
  type EchoRequest,
  type EchoResponse,
  type SumRequest,
  type SumResponse,
} from './gen/exempla/rpctest/v1/probe_service.ts';
import { askBytes, failure, probeImage } from './probe-server.ts';

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
const refused = (): StatusError => new StatusError(status.FAILED_PRECONDITION, 'REFUSED', 'refused');
const { askAll: _a, read: _r, watch: _w, ...methods } = ProbeServiceDefinition.methods;
const Definition = { ...ProbeServiceDefinition, methods };

/** Says what each handler is called for, in front of its replies and behind them, and fails when asked to. */
function tell({ method, reply }: CallContext): void {
  reply.header('x-method', method);
  reply.header('x-many', '1');
  reply.header('x-many', '2');
  reply.trailer('x-bytes-bin', ALL_BYTES);
}

function mirror({ metadata, reply }: CallContext): void {
  for (const name of ['one', 'many', 'bytes-bin'])
    for (const value of metadata.get(`x-${name}`)) reply.trailer(`x-saw-${name}`, value);
}

const MISTAKES: Record<string, (context: CallContext) => void> = {
  'grpc-status': ({ reply }) => reply.trailer('grpc-status', '0'),
  'content-type': ({ reply }) => reply.header('Content-Type', 'text/html'),
  'keep-alive': ({ reply }) => reply.trailer('Keep-Alive', 'x'),
  'etag twice': ({ reply }) => {
    reply.trailer('etag', 'a');
    reply.trailer('ETag', 'b');
  },
  'no name': ({ reply }) => reply.header('no name', 'x'),
  'text for bytes': ({ reply }) => reply.header('x-bin', 'x'),
  'bytes for text': ({ reply }) => reply.header('x-text', Buffer.from('x')),
  'too much': ({ reply }) => reply.trailer('x-long', 'x'.repeat(5_000)),
  'after the headers': ({ reply }) => {
    reply.sendHeaders();
    reply.header('x-late', '1');
  },
};

@Controller()
class MetadataController {
  @RpcMethod(Definition, 'ask')
  async ask({ behaviour }: AskRequest, context: CallContext): Promise<AskResponse> {
    if (behaviour !== 'silent') tell(context);
    if (behaviour === 'refuse') throw refused();
    if (behaviour === 'budget')
      await withBudget(context, { ms: 100 }, async ({ reply }) => reply.trailer('x-step', '1'));
    if (behaviour === 'mirror') mirror(context);
    MISTAKES[behaviour]?.(context);
    return { text: behaviour, deadlineLeftMs: 0n };
  }

  @RpcMethod(Definition, 'count')
  async *count({ to, failAfter }: CountRequest, context: CallContext): AsyncGenerator<CountResponse> {
    tell(context);
    for (let value = 1; value <= to; value += 1) yield { value, payload: Buffer.alloc(0) };
    context.reply.trailer('x-count', String(to));
    if (failAfter > 0) throw refused();
  }

  @RpcMethod(Definition, 'sum')
  async sum(requests: AsyncIterable<SumRequest>, context: CallContext): Promise<SumResponse> {
    tell(context);
    let total = 0n;
    for await (const { value } of requests) total += BigInt(value);
    if (total === 0n) throw refused();
    return { total };
  }

  @RpcMethod(Definition, 'echo')
  async *echo(requests: AsyncIterable<EchoRequest>, context: CallContext): AsyncGenerator<EchoResponse> {
    tell(context);
    context.reply.sendHeaders();
    for await (const { text } of requests) {
      if (text === 'refuse') throw refused();
      yield { text };
    }
  }
}
@Module({ controllers: [MetadataController] })
class MetadataModule {}

let server: RunningServer;
let channel: Channel;
let client: RpcClient<typeof Definition>;
let bare: Client;
let log: RecordingLogger;

beforeAll(async () => {
  log = recordingLogger('metadata');
  server = await startServer({
    service: 'metadata',
    host: '127.0.0.1',
    port: 0,
    module: MetadataModule,
    definitions: [Definition],
    image: await probeImage(),
    errors: { domain: 'metadata.test', codes: {} },
    logger: log.logger,
    env: { EXEMPLA_DEV: '1' },
    drainNoticeMs: 0,
  });
  channel = openChannel(`127.0.0.1:${server.port}`);
  client = createClient(Definition, channel);
  bare = new Client(channel.target, credentials.createInsecure());
});
afterAll(async () => {
  channel.close();
  bare.close();
  await server.stop();
});

async function* said(...texts: string[]): AsyncGenerator<{ text: string }> {
  for (const text of texts) yield { text };
}
async function* numbers(...values: number[]): AsyncGenerator<{ value: number }> {
  for (const value of values) yield { value };
}
async function drain(replies: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of replies);
}

type Options = { received: ReceivedMetadata };
const KINDS: Record<
  string,
  { answered: (options: Options) => Promise<unknown>; failed: (options: Options) => Promise<unknown> }
> = {
  ask: {
    answered: (options) => client.ask({ behaviour: 'answer' }, options),
    failed: (options) => client.ask({ behaviour: 'refuse' }, options),
  },
  count: {
    answered: (options) => drain(client.count({ to: 2 }, options)),
    failed: (options) => drain(client.count({ to: 2, failAfter: 2 }, options)),
  },
  sum: {
    answered: (options) => client.sum(numbers(1, 2), options),
    failed: (options) => client.sum(numbers(), options),
  },
  echo: {
    answered: (options) => drain(client.echo(said('a'), options)),
    failed: (options) => drain(client.echo(said('a', 'refuse'), options)),
  },
};

describe.each(Object.keys(KINDS))('the metadata of %s', (kind) => {
  const expectAll = ({ headers, trailers }: ReceivedMetadata): void => {
    expect(String(headers?.get('x-method')).toLowerCase()).toMatch(new RegExp(`/${kind}$`));
    expect(headers?.get('x-many').join()).toMatch(/^1,\s?2$/);
    expect(trailers?.get('x-bytes-bin')).toEqual([ALL_BYTES]);
  };

  it('goes in front of the replies and behind them', async () => {
    const received = new ReceivedMetadata();
    await KINDS[kind]!.answered({ received });
    expectAll(received);
  });

  it('goes with an error as well, beside its details', async () => {
    const received = new ReceivedMetadata();
    const error = await failure(KINDS[kind]!.failed({ received }));
    expect(error).toMatchObject({ code: status.FAILED_PRECONDITION, reason: 'REFUSED' });
    expectAll(received);
  });
});

describe('headers', () => {
  it('are there before the first reply when the handler says so', async () => {
    const received = new ReceivedMetadata();
    let open = (): void => {};
    const asked = new Promise<void>((resolve) => (open = resolve));
    async function* requests() {
      await asked;
      yield { text: 'a' };
    }
    const replies = client.echo(requests(), { received })[Symbol.asyncIterator]();
    const first = replies.next();
    await eventually('the headers have come', () => received.headers !== undefined);
    open();
    expect(await first).toMatchObject({ value: { text: 'a' } });
    await replies.return?.();
  });

  it('of a call whose handler sends none are those of gRPC alone', async () => {
    const [headers, ended] = await new Promise<[Metadata, StatusObject]>((resolve, reject) => {
      let first = new Metadata();
      const done = (error: ServiceError | null): void => (error ? reject(error) : undefined);
      const same = (bytes: Buffer): Buffer => bytes;
      const path = '/exempla.rpctest.v1.ProbeService/Ask';
      const call = bare.makeUnaryRequest(path, same, same, Buffer.from(askBytes('silent')), new Metadata(), done);
      call.on('metadata', (received: Metadata) => (first = received));
      call.on('status', (status: StatusObject) => resolve([first, status]));
    });
    expect(Object.keys(headers.getMap()).sort()).toEqual(['content-type', 'date']);
    expect(ended.metadata.getMap()).toEqual({});
  });
});

describe('a handler', () => {
  it('may set trailers in a step with a budget', async () => {
    const received = new ReceivedMetadata();
    await client.ask({ behaviour: 'budget' }, { received });
    expect(received.trailers?.get('x-step')).toEqual(['1']);
  });

  it.each([
    ['grpc-status', 'reserved for gRPC'],
    ['content-type', 'reserved for gRPC'],
    ['keep-alive', 'reserved for gRPC'],
    ['etag twice', 'has one value at most'],
    ['no name', 'contains illegal characters'],
    ['text for bytes', "keys that end with '-bin' must have Buffer values"],
    ['bytes for text', "keys that don't end with '-bin' must have String values"],
    ['too much', 'bytes in all, of at most 4096'],
    ['after the headers', 'headers have been sent'],
  ])('is told of its mistake: %s', async (behaviour, expected) => {
    log.lines.length = 0;
    const received = new ReceivedMetadata();
    expect(await failure(client.ask({ behaviour }, { received }))).toMatchObject({
      code: status.INTERNAL,
      message: 'internal error',
    });
    // Nothing of the mistake is sent.
    for (const name of ['x-long', 'x-bin', 'x-text', 'x-late']) {
      expect(received.headers?.get(name) ?? []).toEqual([]);
      expect(received.trailers?.get(name) ?? []).toEqual([]);
    }
    const line = log.lines.find(({ msg }) => msg === 'unexpected error');
    expect(line?.err).toMatchObject({ message: expect.stringContaining(expected) });
  });
});

describe('a caller', () => {
  it('sends text, bytes and several values', async () => {
    const received = new ReceivedMetadata();
    const metadata = { 'x-one': 'a', 'x-many': ['b', 'c'], 'x-bytes-bin': ALL_BYTES };
    await client.ask({ behaviour: 'mirror' }, { metadata, received });
    const saw = (name: string) => received.trailers?.get(name);
    expect(saw('x-saw-one')).toEqual(['a']);
    expect(saw('x-saw-many')?.join()).toMatch(/^b,\s?c$/);
    expect(saw('x-saw-bytes-bin')).toEqual([ALL_BYTES]);
  });

  it.each(['grpc-timeout', 'te', 'keep-alive', 'proxy-connection', 'http2-settings', 'no name'])(
    'is refused %s before anything is sent',
    async (name) => {
      const error = await failure<Error>(client.ask({ behaviour: 'answer' }, { metadata: { [name]: '1' } }));
      expect(error.message).toMatch(/reserved for gRPC|illegal characters/);
    },
  );
});
