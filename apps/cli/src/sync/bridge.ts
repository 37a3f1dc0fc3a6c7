import { isMainThread, workerData } from 'node:worker_threads';
import {
  type GenericService,
  RemoteError,
  type RequestOf,
  type PartialMessage,
  type ResponseOf,
} from '@exempla/rpc/client';
import { createSyncFn, runAsWorker } from 'synckit';
import type { Answer, SyncCall } from './call.ts';
import { refuseInsideService } from './refusal.ts';

// The one place of the repository where a thread waits for a promise; scripts/async-gate.mjs knows no other. The file is
// also the program of its worker, so that both ends of the bridge are in it.

/** Where and as whom a sync client calls; everything is optional, as with the commands (docs/cli.md). */
export interface SyncClientOptions {
  /** `host:port`; by default what `EXEMPLA_<SERVICE>_TARGET` says, or this machine. */
  target?: string;
  /** A JWT. */
  token?: string;
  /** In development. */
  tenant?: string;
}

/** How long one call may take, in milliseconds. Its method's default when it is not said. */
export interface SyncCallOptions {
  timeoutMs?: number;
}

/** Methods that return when the answer is there. A stream is the list of its messages. */
export type SyncClient<S extends GenericService> = {
  [K in keyof S['methods'] as S['methods'][K]['requestStream'] extends true ? never : K]: (
    request: PartialMessage<RequestOf<S['methods'][K]>>,
    options?: SyncCallOptions,
  ) => S['methods'][K]['responseStream'] extends true ? ResponseOf<S['methods'][K]>[] : ResponseOf<S['methods'][K]>;
};

/**
 * A client for scripts that cannot await: each call holds up the thread until it is answered or its deadline has passed.
 * Throws RemoteError as other clients do, and SyncInAsyncContextError at once inside a process that serves.
 */
export function createSyncClient<S extends GenericService>(service: S, options: SyncClientOptions = {}): SyncClient<S> {
  const methods = Object.entries(service.methods).filter(([, { requestStream }]) => !requestStream);
  const call =
    (method: string) =>
    (request: unknown, { timeoutMs }: SyncCallOptions = {}): unknown => {
      refuseInsideService(`${service.fullName}/${method}`);
      return valueOf(wait({ service: service.fullName, method, request, timeoutMs, ...options }));
    };
  return Object.fromEntries(methods.map(([method]) => [method, call(method)])) as SyncClient<S>;
}

/** Blocks this thread; the call is made by the worker, and ends by its own deadline. */
const wait = (call: SyncCall): Answer => createSyncFn<(call: SyncCall) => Promise<Answer>>(import.meta.url)(call);

/** Errors lose their class between threads. */
function valueOf(answer: Answer): unknown {
  if ('value' in answer) return answer.value;
  const { method, code, message, details } = answer.remote;
  throw new RemoteError(method, code, message, details);
}

/** What synckit starts, and not a worker of somebody who imports this. */
const isFarEnd = (): boolean =>
  !isMainThread && typeof workerData === 'object' && workerData !== null && 'sharedBufferView' in workerData;

if (isFarEnd()) {
  const { makeCall } = await import('./call.ts');
  runAsWorker(makeCall);
}
