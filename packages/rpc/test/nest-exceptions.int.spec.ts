import {
  BadRequestException,
  Controller,
  ForbiddenException,
  InternalServerErrorException,
  Module,
  NotFoundException,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { GrpcAlreadyExistsException, GrpcInvalidArgumentException, RpcException } from '@nestjs/microservices';
import { describe, expect, it } from '@jest/globals';
import { gate, recordingLogger, type RecordingLogger } from '@exempla/testing';
import { type Observable } from 'rxjs';
import {
  createClient,
  openChannel,
  RpcMethod,
  startServer,
  status,
  StatusError,
  type CallContext,
  type GenericService,
  type RemoteError,
  type RpcClient,
} from '../src/index.ts';
import {
  ProbeServiceDefinition,
  type AskResponse,
  type CountResponse,
} from './gen/exempla/rpctest/v1/probe_service.ts';
import { failure, probeImage } from './probe-server.ts';

const { ask, count } = ProbeServiceDefinition.methods;
const AskDefinition = { ...ProbeServiceDefinition, methods: { ask } };
const CountDefinition = { ...ProbeServiceDefinition, methods: { count } };
const ASK = { behaviour: 'x' };
/** The longest the method takes. */
const LONG = { timeoutMs: 2_000 };
const METHOD = 'exempla.rpctest.v1.ProbeService/Ask';

interface Served<S extends GenericService> extends AsyncDisposable {
  client: RpcClient<S>;
  log: RecordingLogger;
}

async function served<S extends GenericService>(controller: new () => object, definition: S): Promise<Served<S>> {
  @Module({ controllers: [controller] })
  class ServedModule {}
  const log = recordingLogger('nest');
  const server = await startServer({
    service: 'nest',
    host: '127.0.0.1',
    port: 0,
    module: ServedModule,
    definitions: [definition],
    image: await probeImage(),
    errors: { domain: 'nest.test', codes: {} },
    logger: log.logger,
    env: { EXEMPLA_DEV: '1' },
    drainNoticeMs: 0,
  });
  const channel = openChannel(`127.0.0.1:${server.port}`);
  const dispose = async (): Promise<void> => {
    channel.close();
    await server.stop();
  };
  return { client: createClient(definition, channel), log, [Symbol.asyncDispose]: dispose };
}

const throwing = (error: Error): new () => object => {
  @Controller()
  class Throwing {
    @RpcMethod(AskDefinition, 'ask')
    async ask(): Promise<AskResponse> {
      throw error;
    }
  }
  return Throwing;
};

const unexpected = ({ lines }: RecordingLogger): unknown[] => lines.filter(({ msg }) => msg === 'unexpected error');

describe('a guard that answers no', () => {
  it('is PERMISSION_DENIED, and no error of the service', async () => {
    @Controller()
    class Guarded {
      @UseGuards({ canActivate: () => false })
      @RpcMethod(AskDefinition, 'ask')
      async ask(): Promise<AskResponse> {
        return { text: 'never', deadlineLeftMs: 0n };
      }
    }
    await using server = await served(Guarded, AskDefinition);
    expect(await failure<RemoteError>(server.client.ask(ASK, LONG))).toMatchObject({
      code: status.PERMISSION_DENIED,
      reason: 'ACCESS_DENIED',
      domain: 'rpc.exempla',
      metadata: { method: METHOD, access: 'guard' },
    });
    expect(unexpected(server.log)).toEqual([]);
  });
});

describe('an exception of Nest', () => {
  const { NOT_FOUND, INVALID_ARGUMENT, PERMISSION_DENIED, ALREADY_EXISTS, INTERNAL } = status;
  it.each<[string, Error, status, string, string]>([
    ['GrpcException', new GrpcAlreadyExistsException('a is there'), ALREADY_EXISTS, 'ALREADY_EXISTS', 'a is there'],
    ['GrpcException of pipes', new GrpcInvalidArgumentException('no a'), INVALID_ARGUMENT, 'INVALID_ARGUMENT', 'no a'],
    ['RpcException', new RpcException({ code: NOT_FOUND, message: 'no such a' }), NOT_FOUND, 'NOT_FOUND', 'no such a'],
    ['HttpException', new NotFoundException('no such a'), NOT_FOUND, 'NOT_FOUND', 'no such a'],
    ['refusal', new ForbiddenException('not yours'), PERMISSION_DENIED, 'PERMISSION_DENIED', 'not yours'],
    ['list', new BadRequestException(['a is wrong', 'b']), INVALID_ARGUMENT, 'INVALID_ARGUMENT', 'a is wrong; b'],
    ['fault', new InternalServerErrorException('at 10.1.2.3'), INTERNAL, 'INTERNAL', 'internal error'],
    ['RpcException of no status', new RpcException({ code: 99, message: 'x' }), INTERNAL, 'INTERNAL', 'internal error'],
    ['RpcException of OK', new RpcException({ code: 0, message: 'x' }), INTERNAL, 'INTERNAL', 'internal error'],
    ['RpcException of nothing', new RpcException(null as never), INTERNAL, 'INTERNAL', 'internal error'],
    ['text', new RpcException('at 10.1.2.3'), INTERNAL, 'INTERNAL', 'internal error'],
  ])('%s is what it says', async (_, error, code, reason, message) => {
    await using server = await served(throwing(error), AskDefinition);
    const told = await failure<RemoteError>(server.client.ask(ASK, LONG));
    expect(told).toMatchObject({ code, reason, message });
    expect(unexpected(server.log)).toHaveLength(code === INTERNAL ? 1 : 0);
  });
});

describe('a stream behind an interceptor', () => {
  it('ends with its call, also while its handler has not begun to answer', async () => {
    const [begun, aborted] = [gate(), gate<unknown>()];
    const passing = { intercept: (_: unknown, next: { handle(): Observable<unknown> }) => next.handle() };
    @Controller()
    class Slow {
      @UseInterceptors(passing)
      @RpcMethod(CountDefinition, 'count')
      count(_: unknown, { signal }: CallContext): AsyncIterable<CountResponse> {
        signal.addEventListener('abort', () => aborted.open(signal.reason));
        begun.open();
        // As one that asks somebody first, who does not answer.
        return new Promise(() => {}) as unknown as AsyncIterable<CountResponse>;
      }
    }
    await using server = await served(Slow, CountDefinition);
    const leaving = new AbortController();
    const read = server.client.count({ to: 1 }, { signal: leaving.signal })[Symbol.asyncIterator]().next();
    await begun.promise;
    leaving.abort(new Error('left'));
    expect(await failure<Error>(read)).toMatchObject({ message: 'left' });
    expect(await aborted.promise).toBeInstanceOf(StatusError);
    await server[Symbol.asyncDispose]();
    expect(server.log.spans()).toMatchObject([{ status: 'CANCELLED' }]);
  });
});
