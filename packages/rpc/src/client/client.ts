import type { ClientReadableStream, ClientUnaryCall, ClientWritableStream, ServiceError } from '@grpc/grpc-js';
import type { Writable } from 'node:stream';
import { processMetrics } from '@exempla/telemetry/signals';
import { pump } from '../async-iteration.ts';
import { clientCodec } from '../codec.ts';
import {
  methodName,
  methodPath,
  type GenericMethod,
  type GenericService,
  type RequestOf,
  type ResponseOf,
} from '../generic-definition.ts';
import { methodPolicy } from '../method-policy.ts';
import { RemoteError } from '../remote-error.ts';
import { ClientCallMetrics } from '../metrics/client-call-metrics.ts';
import type { Channel } from './channel.ts';
import { planCall, type CallOptions, type CallPlan } from './call-plan.ts';
import { ClientCall } from './client-call.ts';
import { keepMetadata, type ReceivedMetadata } from './received-metadata.ts';
import { resumedWatch, type Resume, type ResumeOptions } from './resumed-watch.ts';

type Builtin = Date | Uint8Array | string | number | boolean | bigint | undefined;
/** A message of which any field may be left out. */
export type PartialMessage<T> = T extends Builtin
  ? T
  : T extends (infer U)[]
    ? PartialMessage<U>[]
    : T extends { $case: string; value: unknown }
      ? { $case: T['$case']; value: PartialMessage<T['value']> }
      : T extends object
        ? { [K in keyof T]?: PartialMessage<T[K]> }
        : T;

type RequestArg<M extends GenericMethod> = M['requestStream'] extends true
  ? AsyncIterable<PartialMessage<RequestOf<M>>>
  : PartialMessage<RequestOf<M>>;
type Reply<M extends GenericMethod> = M['responseStream'] extends true
  ? AsyncIterable<ResponseOf<M>>
  : Promise<ResponseOf<M>>;

/** A watch can be told how to go on behind the last message: then its ends are not seen (see `resumedWatch`). */
type OptionsOf<M extends GenericMethod> = M['responseStream'] extends true
  ? CallOptions & { resume?: Resume<PartialMessage<RequestOf<M>>, ResponseOf<M>> }
  : CallOptions;

/** A typed client: promises for single replies, async iterables for streams. Failures are RemoteErrors. */
export type RpcClient<S extends GenericService> = {
  [K in keyof S['methods']]: (
    request: RequestArg<S['methods'][K]>,
    options?: OptionsOf<S['methods'][K]>,
  ) => Reply<S['methods'][K]>;
};

/**
 * A client of `service` on `channel`. Every call has a deadline: the method's default, `timeoutMs`, or what the
 * surrounding call leaves; cancellation, tenant, request id and trace are inherited from that call as well.
 */
export function createClient<S extends GenericService>(service: S, channel: Channel): RpcClient<S> {
  const methods = Object.entries(service.methods).map(([name, method]) => [name, callOf(service, method, channel)]);
  return Object.fromEntries(methods) as RpcClient<S>;
}

type Call = (request: unknown, options?: CallOptions & Partial<ResumeOptions>) => unknown;

function callOf(service: GenericService, method: GenericMethod, channel: Channel): Call {
  const remote = new RemoteMethod(service, method, channel);
  if (method.requestStream && method.responseStream) return (r, o) => remote.bidi(r as AsyncIterable<unknown>, o);
  if (method.requestStream) return (r, o) => remote.clientStream(r as AsyncIterable<unknown>, o);
  const open = (r: unknown, o?: CallOptions): AsyncGenerator<unknown> => remote.serverStream(r, o);
  if (methodPolicy(method).watch) return (r, o) => (o?.resume ? resumedWatch(open, r, o as ResumeOptions) : open(r, o));
  if (method.responseStream) return open;
  return (r, o) => remote.unary(r, o);
}

interface Cancellable {
  cancel(): void;
}

interface PlannedCall extends CallPlan {
  record: ClientCall;
  received: ReceivedMetadata | undefined;
}

class RemoteMethod {
  readonly #name: string;
  readonly #path: string;
  readonly #method: GenericMethod;
  readonly #codec: ReturnType<typeof clientCodec>;
  readonly #channel: Channel;
  readonly #metrics: ClientCallMetrics;

  constructor(service: GenericService, method: GenericMethod, channel: Channel) {
    this.#name = methodName(service, method);
    this.#path = methodPath(service, method);
    this.#method = method;
    this.#codec = clientCodec(method);
    this.#channel = channel;
    this.#metrics = new ClientCallMetrics(processMetrics, this.#name, channel.target);
  }

  async unary(request: unknown, options: CallOptions = {}): Promise<unknown> {
    const plan = this.#plan(options);
    const { metadata, deadline } = plan;
    const { serialize, deserialize } = this.#codec;
    return this.#settled(plan, (done) =>
      this.#channel.grpc.makeUnaryRequest(
        this.#path,
        serialize,
        deserialize,
        request,
        metadata,
        { deadline: deadline.at },
        done,
      ),
    );
  }

  async clientStream(requests: AsyncIterable<unknown>, options: CallOptions = {}): Promise<unknown> {
    const plan = this.#plan(options);
    const { metadata, deadline } = plan;
    const { serialize, deserialize } = this.#codec;
    const stop = new AbortController();
    let sourceError: { error: unknown } | undefined;
    try {
      return await this.#settled(plan, (done) => {
        const call = this.#channel.grpc.makeClientStreamRequest(
          this.#path,
          serialize,
          deserialize,
          metadata,
          { deadline: deadline.at },
          done,
        );
        void this.#send(requests, call, stop.signal).catch((error: unknown) => {
          sourceError = { error };
          call.cancel();
        });
        return call;
      });
    } catch (error) {
      // The source failed first: that is the cause, the cancelled call only its effect.
      throw sourceError && !stop.signal.aborted ? sourceError.error : error;
    } finally {
      stop.abort();
    }
  }

  async *serverStream(request: unknown, options: CallOptions = {}): AsyncGenerator<unknown> {
    const plan = this.#plan(options);
    const { metadata, deadline } = plan;
    const { serialize, deserialize } = this.#codec;
    const call = this.#channel.grpc.makeServerStreamRequest(this.#path, serialize, deserialize, request, metadata, {
      deadline: deadline.at,
    });
    yield* this.#replies(call, plan);
  }

  async *bidi(requests: AsyncIterable<unknown>, options: CallOptions = {}): AsyncGenerator<unknown> {
    const plan = this.#plan(options);
    const { metadata, deadline } = plan;
    const { serialize, deserialize } = this.#codec;
    const call = this.#channel.grpc.makeBidiStreamRequest(this.#path, serialize, deserialize, metadata, {
      deadline: deadline.at,
    });
    const stop = new AbortController();
    let sourceError: { error: unknown } | undefined;
    void this.#send(requests, call, stop.signal).catch((error: unknown) => {
      sourceError = { error };
      call.cancel();
    });
    try {
      yield* this.#replies(call, plan);
    } catch (error) {
      throw sourceError && !stop.signal.aborted ? sourceError.error : error;
    } finally {
      stop.abort();
    }
  }

  #plan(options: CallOptions): PlannedCall {
    const plan = planCall(this.#name, methodPolicy(this.#method), options);
    const about = { trace: plan.trace, leftMs: plan.deadline.remainingMs() };
    return { ...plan, received: options.received, record: new ClientCall(this.#name, about, this.#metrics) };
  }

  /** Writes the requests at the server's pace; quietly stops when the call is over. */
  async #send(
    requests: AsyncIterable<unknown>,
    call: ClientWritableStream<unknown> & Writable,
    stop: AbortSignal,
  ): Promise<void> {
    try {
      await pump(requests, call, stop);
      call.end();
    } catch (error) {
      if (!stop.aborted && !call.destroyed && !call.closed) throw error;
    }
  }

  /** The one reply of a call, or its failure; aborting any of the signals cancels the call. */
  #settled(
    { signals, record, received }: PlannedCall,
    start: (done: (error: ServiceError | null, value?: unknown) => void) => ClientUnaryCall,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const call = start((error, value) => {
        release();
        if (!error) {
          record.succeeded();
          return resolve(value);
        }
        const failure = this.#failure(error, signals);
        record.failed(failure);
        reject(failure);
      });
      const release = cancelOn(signals, call);
      keepMetadata(call, received);
    });
  }

  async *#replies(
    call: ClientReadableStream<unknown>,
    { signals, record, received }: PlannedCall,
  ): AsyncGenerator<unknown> {
    const release = cancelOn(signals, call);
    keepMetadata(call, received);
    try {
      for await (const message of call) yield message;
      record.succeeded();
    } catch (error) {
      const failure = this.#failure(error as ServiceError, signals);
      record.failed(failure);
      throw failure;
    } finally {
      record.left();
      release();
      call.cancel();
    }
  }

  /** A call we cancelled ourselves fails with our own reason; anything else with what the peer said. */
  #failure(error: ServiceError, signals: readonly AbortSignal[]): unknown {
    const aborted = signals.find((signal) => signal.aborted);
    return aborted ? aborted.reason : RemoteError.from(this.#name, error);
  }
}

/** Cancels `call` when any signal aborts; the result takes the listeners back. */
function cancelOn(signals: readonly AbortSignal[], call: Cancellable): () => void {
  const cancel = (): void => call.cancel();
  for (const signal of signals) signal.addEventListener('abort', cancel, { once: true });
  return () => {
    for (const signal of signals) signal.removeEventListener('abort', cancel);
  };
}
