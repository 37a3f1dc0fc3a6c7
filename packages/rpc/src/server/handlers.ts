import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  sendUnaryData,
  UntypedHandleCall,
} from '@grpc/grpc-js';
import type { Readable, Writable } from 'node:stream';
import { isObservable, lastValueFrom } from 'rxjs';
import { abortable, pump, untilAborted } from '../async-iteration.ts';
import { runInCall, type CallContext } from '../call-context.ts';
import { replyEncoder, type Received } from '../codec.ts';
import type { GenericMethod, GenericService } from '../generic-definition.ts';
import { ServedCall, type ServerParts } from './served-call.ts';

/** A handler as Nest hands it over: `(data, context)`, with guards, pipes and filters around it. */
export type NestHandler = (data: unknown, context: CallContext) => unknown;

type Surface = ConstructorParameters<typeof ServedCall>[0];

/** The grpc-js handler of one method. */
export function grpcHandler(
  service: GenericService,
  method: GenericMethod,
  handler: NestHandler,
  parts: ServerParts,
): UntypedHandleCall {
  const begin = (surface: Surface): ServedCall => new ServedCall(surface, service, method, parts);
  const encode = replyEncoder(method);
  const invoke = async (data: unknown, context: CallContext): Promise<unknown> => {
    const result = await handler(data, context);
    // Nest's filters answer with an observable; ours only ever carries the error on.
    return isObservable(result) ? lastValueFrom(result) : result;
  };

  const unary: handleUnaryCall<Received<unknown>, unknown> = (call, reply) =>
    void answer(begin(call), reply, encode, (context) => invoke(unwrap(call.request), context));
  const clientStream: handleClientStreamingCall<Received<unknown>, unknown> = (call, reply) => {
    const served = begin(call);
    void answer(served, reply, encode, (context) => invoke(received(call, context.signal), context));
  };
  const serverStream: handleServerStreamingCall<Received<unknown>, unknown> = (call) =>
    void stream(begin(call), call, encode, (context) => invoke(unwrap(call.request), context));
  const bidi: handleBidiStreamingCall<Received<unknown>, unknown> = (call) => {
    const served = begin(call);
    void stream(served, call, encode, (context) => invoke(received(call, context.signal), context));
  };

  if (method.requestStream) return (method.responseStream ? bidi : clientStream) as UntypedHandleCall;
  return (method.responseStream ? serverStream : unary) as UntypedHandleCall;
}

function unwrap(received: Received<unknown>): unknown {
  if ('refused' in received) throw received.refused;
  return received.value;
}

/** The requests of a client stream, at the handler's pace; ends with the signal's reason when the call does. */
async function* received(call: Readable, signal: AbortSignal): AsyncGenerator<unknown> {
  // Of a duplex the writing side is still needed when the requests have ended.
  const iterator = call.iterator({ destroyOnReturn: false }) as AsyncIterator<Received<unknown>>;
  const wait = abortable(signal);
  try {
    for (;;) {
      const next = await wait.until(iterator.next());
      if (next.done) return;
      yield unwrap(next.value);
    }
  } finally {
    wait.dispose();
  }
}

/** One reply: whichever comes first, the handler's or the end of the call. */
async function answer(
  served: ServedCall,
  reply: sendUnaryData<unknown>,
  encode: (message: unknown) => Buffer,
  handle: (context: CallContext) => Promise<unknown>,
): Promise<void> {
  const { signal } = served.context;
  try {
    const context = served.identify();
    const value = await untilAborted(
      runInCall(context, () => handle(context)),
      signal,
    );
    const bytes = encode(value);
    served.succeed();
    reply(null, bytes);
  } catch (error) {
    reply(served.fail(error));
  }
}

/** A stream of replies at the reader's pace. The whole read loop runs inside the call, and so does the generator's body. */
async function stream(
  served: ServedCall,
  sink: Writable,
  encode: (message: unknown) => Buffer,
  handle: (context: CallContext) => Promise<unknown>,
): Promise<void> {
  try {
    const context = served.identify();
    await runInCall(context, async () => {
      const replies = (await untilAborted(handle(context), context.signal)) as AsyncIterable<unknown>;
      await pump(replies, sink, context.signal, encode);
    });
    served.succeed();
    sink.end();
  } catch (error) {
    // grpc-js turns this event into the status of the stream.
    sink.emit('error', served.fail(error));
  }
}
