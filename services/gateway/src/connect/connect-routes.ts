import { createContextValues } from '@connectrpc/connect';
import type { UniversalHandler, UniversalServerRequest } from '@connectrpc/connect/protocol';
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from '@connectrpc/connect-node';
import type { Logger } from '@exempla/telemetry';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tellWhenToRetry } from '../http/problem-answers.ts';
import { toProblem } from '../http/problem.ts';
import { readError } from '../http/read-error.ts';
import { exchangeKey, type Exchange } from './exchange.ts';
import { genericOf } from './forwarded-services.ts';
import { receiveAs } from './message-extent.ts';

export interface ConnectRoutesOptions {
  logger: Logger;
  exchangeOf: (request: FastifyRequest, reply: FastifyReply, refusedBy?: Error) => Exchange;
}

/** The call itself keeps the time of both protocols. */
const TIMEOUTS = ['connect-timeout-ms', 'grpc-timeout'];

/**
 * Makes routes of handlers. They read bodies and content types themselves, so of Fastify's ways to do that none is left
 * here; and who is refused before a handler is asked hears of it in the protocol that he speaks.
 */
export function connectRoutes(
  app: FastifyInstance,
  handlers: readonly UniversalHandler[],
  { logger, exchangeOf }: ConnectRoutesOptions,
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  for (const handler of handlers)
    app.route({
      method: ['GET', 'POST'],
      exposeHeadRoute: false,
      url: handler.requestPath,
      config: { rpc: genericOf(handler.method) },
      handler: (request, reply) => void answer(handler, exchangeOf(request, reply), logger),
      errorHandler: (error, request, reply) => {
        tellWhenToRetry(reply, toProblem(readError(error)));
        void answer(handler, exchangeOf(request, reply, error), logger);
      },
    });
}

async function answer(handler: UniversalHandler, exchange: Exchange, logger: Logger): Promise<void> {
  const { request, reply } = exchange;
  const { raw } = reply.hijack();
  // Such as those of CORS, which Fastify would send with an answer of its own.
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) raw.setHeader(name, value);
  try {
    const values = createContextValues().set(exchangeKey, exchange);
    const universal = universalRequestFromNodeRequest(request.raw, raw, undefined, values);
    await receiveAs(handler.method.input, async () =>
      universalResponseToNodeResponse(await handler(withoutTimeouts(universal)), raw),
    );
  } catch (error) {
    // Writing to a caller who is gone fails in many words; that he is gone has been told.
    if (!raw.destroyed && !raw.closed) logger.error({ err: error, path: handler.requestPath }, 'unexpected error');
    raw.destroy();
  }
}

function withoutTimeouts<R extends Pick<UniversalServerRequest, 'header'>>(request: R): R {
  for (const name of TIMEOUTS) request.header.delete(name);
  return request;
}
