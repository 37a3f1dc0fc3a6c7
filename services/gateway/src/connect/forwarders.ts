import type { DescMethod, Message } from '@bufbuild/protobuf';
import type { HandlerContext, MethodImpl } from '@connectrpc/connect';
import { createClient, ReceivedMetadata, type CallOptions, type Channel } from '@exempla/rpc';
import { withWholeDeadline } from '../http/whole-deadline.ts';
import { exchangeOf } from './exchange.ts';
import type { ForwardedService } from './forwarded-services.ts';

type Handler = MethodImpl<DescMethod>;
/** A method of our client, for messages of any type. */
type Single = (request: unknown, options: CallOptions) => Promise<Message>;
type Many = (request: unknown, options: CallOptions) => AsyncIterable<Message>;

/**
 * For each method of a service what hands its calls on. Handlers run inside the call that the request is, so our client
 * takes deadline, cancellation, identity, request id and trace from there.
 */
export function forwarders(service: ForwardedService, channel: Channel): [DescMethod, Handler][] {
  const client = withWholeDeadline(createClient(service.definition, channel)) as Readonly<Record<string, unknown>>;
  return service.methods.map((method) => [method, handlerOf(method, client[method.localName])]);
}

function handlerOf({ methodKind }: DescMethod, remote: unknown): Handler {
  const single = methodKind === 'unary' || methodKind === 'client_streaming';
  return (single ? handOnSingle(remote as Single) : handOnMany(remote as Many)) as Handler;
}

const handOnSingle = (remote: Single) => async (request: unknown, context: HandlerContext) => {
  const exchange = exchangeOf(context);
  const received = new ReceivedMetadata();
  exchange.handOn();
  try {
    return await remote(request, { received });
  } catch (error) {
    throw exchange.failure(error, received);
  }
};

const handOnMany = (remote: Many) =>
  async function* (request: unknown, context: HandlerContext) {
    const exchange = exchangeOf(context);
    const received = new ReceivedMetadata();
    exchange.handOn();
    try {
      // Each reply is asked for when the caller has taken the one before it.
      yield* remote(request, { received });
    } catch (error) {
      throw exchange.failure(error, received);
    }
  };
