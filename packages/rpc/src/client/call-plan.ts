import { randomUUID } from 'node:crypto';
import { Metadata } from '@grpc/grpc-js';
import { childTrace, formatTraceparent, newTrace, spanExport, type TraceContext } from '@exempla/telemetry/signals';
import { currentCall } from '../call-context.ts';
import { Deadline } from '../deadline.ts';
import { TENANT_HEADER } from '../identity/dev-identity.ts';
import { IDENTITY_HEADER } from '../identity/mesh-token.ts';
import { addMetadata, REQUEST_ID_HEADER, type MetadataValue } from '../metadata.ts';
import type { MethodPolicy } from '../method-policy.ts';
import { deadlineExceeded } from '../status-error.ts';
import type { ReceivedMetadata } from './received-metadata.ts';

/** What a caller may say of one call; everything else is inherited from the call it is made in. */
export interface CallOptions {
  /** Aborting it cancels the call. */
  signal?: AbortSignal;
  /** At most this long; never longer than the surrounding call allows. */
  timeoutMs?: number;
  /** Further metadata. */
  metadata?: Readonly<Record<string, MetadataValue | readonly MetadataValue[]>>;
  /** Filled in with the metadata of the answer. */
  received?: ReceivedMetadata;
  /** Outside any call: the trace to be part of. */
  trace?: TraceContext;
  /** Outside any call: the request id. */
  requestId?: string;
  /** Outside any call, in development: the tenant. */
  tenant?: string;
}

export interface CallPlan {
  deadline: Deadline;
  metadata: Metadata;
  /** The span that the server's is a child of. */
  trace: TraceContext;
  /** Each of them cancels the call. */
  signals: readonly AbortSignal[];
}

/**
 * Deadline, cancellation and metadata of a call about to be made: the method's default or `timeoutMs`, never more than
 * the method's maximum, and inside a served call never more than that call has left less its reserve. Throws when there
 * is no time left or the caller is gone.
 */
export function planCall(method: string, policy: MethodPolicy, options: CallOptions): CallPlan {
  const parent = currentCall();
  let deadline = Deadline.after(Math.min(options.timeoutMs ?? policy.defaultMs, policy.maxMs));
  if (parent) deadline = deadline.min(parent.deadline.minus(parent.reserveMs));
  const signals = [parent?.signal, options.signal].filter((signal) => signal !== undefined);
  for (const signal of signals) signal.throwIfAborted();
  // Written so that a time that is no number is refused too.
  if (!(deadline.remainingMs() > 0)) throw deadlineExceeded(method);
  const trace = traceOf(parent?.trace ?? options.trace);
  return { deadline, signals, trace, metadata: callMetadata(options, trace) };
}

/** The call has a span of its own only where somebody takes it: one that nobody knows would break the trace in two. */
function traceOf(from: TraceContext | undefined): TraceContext {
  if (!from) return newTrace();
  return spanExport() ? childTrace(from) : from;
}

function callMetadata(options: CallOptions, trace: TraceContext): Metadata {
  const parent = currentCall();
  const metadata = new Metadata();
  // First, so that nothing in it replaces what is inherited.
  for (const [name, values] of Object.entries(options.metadata ?? {}))
    for (const value of Array.isArray(values) ? (values as MetadataValue[]) : [values as MetadataValue])
      addMetadata(metadata, name, value);
  metadata.set('traceparent', formatTraceparent(trace));
  metadata.set(REQUEST_ID_HEADER, parent?.requestId ?? options.requestId ?? randomUUID());
  const token = parent?.caller?.tokenUntil(parent.deadline.at);
  const tenant = parent?.tenant ?? options.tenant;
  if (token) metadata.set(IDENTITY_HEADER, token);
  else if (tenant) metadata.set(TENANT_HEADER, tenant);
  return metadata;
}
