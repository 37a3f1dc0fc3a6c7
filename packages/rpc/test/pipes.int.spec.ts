import {
  Controller,
  Module,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  type PipeTransform,
} from '@nestjs/common';
import { APP_GUARD, APP_PIPE } from '@nestjs/core';
import { Payload } from '@nestjs/microservices';
import { describe, expect, it } from '@jest/globals';
import { recordingLogger } from '@exempla/testing';
import { map, type Observable } from 'rxjs';
import {
  createClient,
  openChannel,
  RpcMethod,
  startServer,
  type CallContext,
  type RunningServer,
} from '../src/index.ts';
import { ProbeServiceDefinition, type AskRequest, type AskResponse } from './gen/exempla/rpctest/v1/probe_service.ts';
import { failure, probeImage } from './probe-server.ts';

const { ask, ...others } = ProbeServiceDefinition.methods;
void others;
const Definition = { ...ProbeServiceDefinition, methods: { ask } };

class Louder implements PipeTransform<AskRequest> {
  transform(request: AskRequest): AskRequest {
    return { ...request, behaviour: request.behaviour?.toUpperCase() };
  }
}

const answer = ({ behaviour }: AskRequest, { tenant }: CallContext): AskResponse => ({
  text: `${behaviour} ${tenant}`,
  deadlineLeftMs: 0n,
});

const started = async (controller: new () => object, providers: object[] = []): Promise<RunningServer> => {
  @Module({ controllers: [controller], providers: providers as never[] })
  class PipedModule {}
  return startServer({
    service: 'piped',
    host: '127.0.0.1',
    port: 0,
    module: PipedModule,
    definitions: [Definition],
    image: await probeImage(),
    errors: { domain: 'piped.test', codes: {} },
    logger: recordingLogger('piped').logger,
    env: { EXEMPLA_DEV: '1' },
    drainNoticeMs: 0,
  });
};

/** What an Ask is answered by a server with this controller. */
async function asked(controller: new () => object): Promise<string> {
  const server = await started(controller);
  const channel = openChannel(`127.0.0.1:${server.port}`);
  try {
    return (await createClient(Definition, channel).ask({ behaviour: 'quiet' }, { tenant: 'acme' })).text;
  } finally {
    channel.close();
    await server.stop();
  }
}

describe('pipes of Nest', () => {
  it('run where the request is decorated; the context is there without', async () => {
    @Controller()
    class Piped {
      @RpcMethod(Definition, 'ask')
      async ask(@Payload(new Louder()) request: AskRequest, context: CallContext): Promise<AskResponse> {
        return answer(request, context);
      }
    }
    expect(await asked(Piped)).toBe('QUIET acme');
  });

  it('of the method run where the request is decorated', async () => {
    @Controller()
    class Piped {
      @UsePipes(new Louder())
      @RpcMethod(Definition, 'ask')
      async ask(@Payload() request: AskRequest, context: CallContext): Promise<AskResponse> {
        // A pipe of the method is also given what is no request.
        return answer(request, context);
      }
    }
    expect(await asked(Piped)).toMatch(/^QUIET/);
  });

  it.each(['method', 'controller', 'application'])('of the %s that would not run stop the service', async (place) => {
    @Controller()
    class Silent {
      @RpcMethod(Definition, 'ask')
      async ask(request: AskRequest, context: CallContext): Promise<AskResponse> {
        return answer(request, context);
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(Silent.prototype, 'ask')!;
    if (place === 'method') UsePipes(new Louder())(Silent.prototype, 'ask', descriptor);
    if (place === 'controller') UsePipes(new Louder())(Silent);
    const providers = place === 'application' ? [{ provide: APP_PIPE, useClass: Louder }] : [];
    const error = await failure<Error>(started(Silent, providers));
    expect(error.message).toBe('Silent.ask: its pipes would not run; decorate the request with @Payload()');
  });
});

it('pipes of a controller that inherits its handlers stop the service too', async () => {
  class Base {
    @RpcMethod(Definition, 'ask')
    async ask(request: AskRequest, context: CallContext): Promise<AskResponse> {
      return answer(request, context);
    }
  }
  @Controller()
  class Inherited extends Base {}
  UsePipes(new Louder())(Inherited);
  const error = await failure<Error>(started(Inherited));
  expect(error.message).toMatch(/^Inherited\.ask: its pipes would not run/);
});

describe('guards and interceptors of Nest', () => {
  it('run around a handler without decorated parameters', async () => {
    const seen: string[] = [];
    const guard = { canActivate: () => seen.push('guard') > 0 };
    const interceptor = {
      intercept: (_: unknown, next: { handle(): Observable<AskResponse> }) =>
        next.handle().pipe(map((reply) => ({ ...reply, text: `[${reply.text}]` }))),
    };
    @Controller()
    class Guarded {
      @UseGuards(guard)
      @UseInterceptors(interceptor)
      @RpcMethod(Definition, 'ask')
      async ask(request: AskRequest, context: CallContext): Promise<AskResponse> {
        return answer(request, context);
      }
    }
    expect(await asked(Guarded)).toBe('[quiet acme]');
    expect(seen).toEqual(['guard']);
  });
});

describe('a handler', () => {
  const wayOf = (): string => new Error('way').stack ?? '';

  it('with nothing of Nest around it is called directly', async () => {
    @Controller()
    class Plain {
      readonly greeting = 'hello';

      @RpcMethod(Definition, 'ask')
      async ask(): Promise<AskResponse> {
        return { text: `${this.greeting} ${/rpc-context-creator/.test(wayOf())}`, deadlineLeftMs: 0n };
      }
    }
    expect(await asked(Plain)).toBe('hello false');
  });

  it.each(['guard', 'interceptor', 'filter', 'pipe'])('with a %s is called by Nest', async (around) => {
    class Base {
      async ask(_request: AskRequest, _context: CallContext): Promise<AskResponse> {
        return { text: String(/rpc-context-creator/.test(wayOf())), deadlineLeftMs: 0n };
      }
    }
    class Filter {
      catch(): never {
        throw new Error('not called');
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(Base.prototype, 'ask')!;
    const interceptor = { intercept: (_: unknown, next: { handle(): Observable<AskResponse> }) => next.handle() };
    if (around === 'pipe') Payload(new Louder())(Base.prototype, 'ask', 0);
    RpcMethod(Definition, 'ask')(Base.prototype, 'ask', descriptor);
    if (around === 'guard') UseGuards({ canActivate: () => true })(Base.prototype, 'ask', descriptor);
    if (around === 'interceptor') UseInterceptors(interceptor)(Base.prototype, 'ask', descriptor);
    if (around === 'filter') UseFilters(new Filter())(Base.prototype, 'ask', descriptor);
    Controller()(Base);
    expect(await asked(Base)).toBe('true');
  });

  it('of an application with a guard for all is called by Nest', async () => {
    @Controller()
    class Plain {
      @RpcMethod(Definition, 'ask')
      async ask(): Promise<AskResponse> {
        return { text: 'never', deadlineLeftMs: 0n };
      }
    }
    const seen: string[] = [];
    const guard = { canActivate: () => seen.push('guard') > 0 };
    const server = await started(Plain, [{ provide: APP_GUARD, useValue: guard }]);
    const channel = openChannel(`127.0.0.1:${server.port}`);
    await createClient(Definition, channel).ask({ behaviour: 'x' });
    channel.close();
    await server.stop();
    expect(seen).toEqual(['guard']);
  });
});
