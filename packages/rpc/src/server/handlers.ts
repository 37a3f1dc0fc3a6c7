import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  Metadata,
  sendUnaryData,
  UntypedHandleCall,
} from '@grpc/grpc-js';
import type { Readable, Writable } from 'node:stream';
import { isObservable, lastValueFrom } from 'rxjs';
import { abortable, pump, untilAborted } from '../async-iteration.ts';
import { runInCall, type CallContext } from '../call-context.ts';
import { replyEncoder } from '../codec.ts';
import type { GenericMethod } from '../generic-definition.ts';
import { ServedCall, type ServedMethod, type ServerParts } from './served-call.ts';
import type { Received } from './server-method.ts';

/** A handler as Nest hands it over: `(data, context)`, with guards, pipes and filters around it. */
export type NestHandler = (data: unknown, context: CallContext) => unknown;

/** What grpc-js adds to `end` of a stream. */
interface EndingWithTrailers {
  end(trailers?: Metadata): void;
}

type Surface = ConstructorParameters<typeof ServedCall>[0];

/** The grpc-js handler of one method. */
export function grpcHandler(
  method: GenericMethod,
  handler: NestHandler,
  served: ServedMethod,
  parts: ServerParts,
): UntypedHandleCall {
  const encode = replyEncoder(method);
  const begin = (surface: Surface): ServedCall => new ServedCall(surface, served, parts);

  const unary: handleUnaryCall<Received<unknown>, unknown> = (call, reply) => {
    const one = begin(call);
    answer(one, reply, encode, (context) => handler(unwrap(call.request, one), context));
  };
  const clientStream: handleClientStreamingCall<Received<unknown>, unknown> = (call, reply) => {
    const one = begin(call);
    answer(one, reply, encode, (context) => handler(received(call, one), context));
  };
  const serverStream: handleServerStreamingCall<Received<unknown>, unknown> = (call) => {
    const one = begin(call);
    void stream(one, call, encode, (context) => handler(unwrap(call.request, one), context));
  };
  const bidi: handleBidiStreamingCall<Received<unknown>, unknown> = (call) => {
    const one = begin(call);
    void stream(one, call, encode, (context) => handler(received(call, one), context));
  };

  if (method.requestStream) return (method.responseStream ? bidi : clientStream) as UntypedHandleCall;
  return (method.responseStream ? serverStream : unary) as UntypedHandleCall;
}

function unwrap(received: Received<unknown>, served: ServedCall): unknown {
  served.receivedBytes += received.byteLength;
  if ('refused' in received) throw received.refused;
  return received.value;
}

/** The requests of a client stream, at the handler's pace; ends with the signal's reason when the call does. */
async function* received(call: Readable, served: ServedCall): AsyncGenerator<unknown> {
  // Of a duplex the writing side is still needed when the requests have ended.
  const iterator = call.iterator({ destroyOnReturn: false }) as AsyncIterator<Received<unknown>>;
  const wait = abortable(served.context.signal);
  try {
    for (;;) {
      const next = await wait.until(iterator.next());
      if (next.done) return;
      yield unwrap(next.value, served);
    }
  } finally {
    wait.dispose();
  }
}

/**
 * One reply: whichever comes first, the handler's or the end of the call. Callbacks in place of a race of promises: this
 * is the path of every unary call.
 */
function answer(
  served: ServedCall,
  reply: sendUnaryData<unknown>,
  encode: (message: unknown) => Buffer,
  handle: (context: CallContext) => unknown,
): void {
  const fail = (error: unknown): void => {
    if (!served.finished) reply(served.fail(error));
  };
  const succeed = (value: unknown): void => {
    if (served.finished) return;
    // Nest answers with an observable when a filter or an interceptor had a say.
    if (isObservable(value)) return void lastValueFrom(value).then(succeed, fail);
    try {
      const bytes = encode(value);
      served.sending(bytes);
      reply(null, bytes, served.succeed());
    } catch (error) {
      fail(error);
    }
  };
  served.onAbort = fail;
  try {
    const run = (context: CallContext): unknown => runInCall(context, () => handle(context));
    const context = served.identify();
    if (context instanceof Promise)
      context.then((known) => (served.finished ? undefined : run(known))).then(succeed, fail);
    else Promise.resolve(run(context)).then(succeed, fail);
  } catch (error) {
    fail(error);
  }
}

/** A stream of replies at the reader's pace. The whole read loop runs inside the call, and so does the generator's body. */
async function stream(
  served: ServedCall,
  sink: Writable,
  encode: (message: unknown) => Buffer,
  handle: (context: CallContext) => unknown,
): Promise<void> {
  try {
    const identified = served.identify();
    const context = identified instanceof Promise ? await untilAborted(identified, served.context.signal) : identified;
    await runInCall(context, async () => {
      const replies = await untilAborted(Promise.resolve(handle(context)), context.signal);
      const all = isObservable(replies) ? await untilAborted(lastValueFrom(replies), context.signal) : replies;
      await pump(all as AsyncIterable<unknown>, sink, context.signal, (message) => served.sending(encode(message)));
    });
    // grpc-js takes what goes behind the replies here; undefined is none.
    (sink as EndingWithTrailers).end(served.succeed());
  } catch (error) {
    // grpc-js turns this event into the status of the stream.
    sink.emit('error', served.fail(error));
  }
}
