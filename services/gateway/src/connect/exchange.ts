import type { Registry } from '@bufbuild/protobuf';
import { ConnectError, createContextKey, type HandlerContext } from '@connectrpc/connect';
import type { Logger } from '@exempla/telemetry';
import type { ReceivedMetadata } from '@exempla/rpc';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { blamingCaller, toConnectError } from './to-connect-error.ts';

/** A request with its answer, as the handlers of Connect find it in their context. */
export class Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Why it is answered before anybody is asked: no credential, say. */
  readonly refusedBy: Error | undefined;
  readonly #told: { registry: Registry; logger: Logger };
  #readable = false;

  constructor(
    { request, reply, refusedBy }: Pick<Exchange, 'request' | 'reply' | 'refusedBy'>,
    told: { registry: Registry; logger: Logger },
  ) {
    this.request = request;
    this.reply = reply;
    this.refusedBy = refusedBy;
    this.#told = told;
  }

  /** The first thing that Connect does with a request; its body has not been read. Throws what the caller is told. */
  begin({ signal }: HandlerContext): void {
    if (this.refusedBy) throw this.failure(this.refusedBy);
    signal.addEventListener('abort', () => this.#readable || blameCaller(signal.reason), { once: true });
  }

  /** The request, or the first of many, has been read, or is about to be: what fails from here on is not its shape. */
  handOn(): void {
    this.#readable = true;
  }

  /** What the caller is told of `error`. */
  failure(error: unknown, received?: ReceivedMetadata): ConnectError {
    const { registry, logger } = this.#told;
    const { abortedBy, context } = this.request.call;
    const told = toConnectError(error, { abortedBy, trailers: received?.trailers, registry });
    const { method, requestId, traceId, tenant } = context;
    if (told.unknown) logger.error({ err: error, method, requestId, traceId, tenant }, 'unexpected error');
    return told.error;
  }
}

export const exchangeKey = createContextKey<Exchange | undefined>(undefined);
export const exchangeOf = ({ values }: Pick<HandlerContext, 'values'>): Exchange => values.get(exchangeKey)!;

/** What Connect could not read it tells the signal before it answers. */
function blameCaller(reason: unknown): void {
  if (reason instanceof ConnectError) blamingCaller(reason);
}
