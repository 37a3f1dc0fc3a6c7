import { Metadata } from '@grpc/grpc-js';
import { BadRequest, ErrorInfo, ResourceInfo, RetryInfo } from './gen/google/rpc/error_details.ts';
import { Status } from './gen/google/rpc/status.ts';
import type { ReadonlyMetadata } from './metadata.ts';
import type { FieldViolation } from './status-error.ts';

/** Trailer that carries a `google.rpc.Status`. */
const DETAILS_KEY = 'grpc-status-details-bin';
/** Trailer by which a server asks clients to wait before they repeat a call by themselves; below zero, not to. https://github.com/grpc/proposal/blob/master/A6-client-retries.md */
const PUSHBACK_KEY = 'grpc-retry-pushback-ms';
/** What a peer says may be anything, and what is more than a day is not waited for. */
const LONGEST_RETRY_MS = 86_400_000;
const TYPE_PREFIX = 'type.googleapis.com/google.rpc.';

export interface StatusDetails {
  reason: string;
  domain: string;
  metadata: Readonly<Record<string, string>>;
  violations?: readonly FieldViolation[];
  retryAfterMs?: number;
  /** No client repeats the call by itself. */
  isFinal?: boolean;
  /** For NOT_FOUND: the resource that is missing. */
  resourceName?: string;
}

const any = (name: string, bytes: Uint8Array): { typeUrl: string; value: Buffer } => ({
  typeUrl: TYPE_PREFIX + name,
  value: Buffer.from(bytes),
});

/** A delay as it makes sense: none when it is no number or lies in the past, and never more than a day. */
export const saneRetryMs = (ms: number | undefined): number | undefined =>
  ms !== undefined && ms >= 0 ? Math.min(ms, LONGEST_RETRY_MS) : undefined;

/** In whole milliseconds: a fraction could round up to a full second of nanos, which is no Duration. */
const duration = (ms: number): { seconds: bigint; nanos: number } => ({
  seconds: BigInt(Math.floor(Math.round(ms) / 1000)),
  nanos: (Math.round(ms) % 1000) * 1e6,
});

/** The trailers of a failed call: a `google.rpc.Status` with its details. */
export function encodeDetails(code: number, message: string, details: StatusDetails): Metadata {
  const { reason, domain, metadata, violations, retryAfterMs, resourceName, isFinal } = details;
  const list = [any('ErrorInfo', ErrorInfo.encode({ reason, domain, metadata }).finish())];
  if (violations?.length) {
    const fieldViolations = violations.map((v) => ({
      field: v.field,
      description: v.description,
      reason: v.rule,
      localizedMessage: undefined,
    }));
    list.push(any('BadRequest', BadRequest.encode({ fieldViolations }).finish()));
  }
  const retryMs = saneRetryMs(retryAfterMs);
  if (retryMs !== undefined) {
    list.push(any('RetryInfo', RetryInfo.encode({ retryDelay: duration(retryMs) }).finish()));
  }
  if (resourceName !== undefined) {
    const resourceType = resourceName.split('/')[0] ?? '';
    list.push(
      any('ResourceInfo', ResourceInfo.encode({ resourceType, resourceName, owner: '', description: '' }).finish()),
    );
  }
  const trailers = new Metadata();
  if (isFinal) trailers.set(PUSHBACK_KEY, '-1');
  trailers.set(DETAILS_KEY, Buffer.from(Status.encode({ code, message, details: list }).finish()));
  return trailers;
}

/** How long the details in these trailers are as they are sent. */
export const detailsBytes = (trailers: Metadata): number =>
  Math.ceil(((trailers.get(DETAILS_KEY)[0]?.length ?? 0) * 4) / 3);

/** The details of a failed call as they came, for whoever hands them on; none when the trailers have none, or broken ones. */
export function detailsIn(trailers: ReadonlyMetadata | undefined): readonly { typeUrl: string; value: Uint8Array }[] {
  const raw = trailers?.get(DETAILS_KEY)[0];
  try {
    return Buffer.isBuffer(raw) ? Status.decode(raw).details : [];
  } catch {
    return [];
  }
}

/** The details a peer sent, as far as they are there; statuses that grpc-js makes itself carry none. */
export function decodeDetails(trailers: Metadata | undefined): Partial<StatusDetails> {
  const raw = trailers?.get(DETAILS_KEY)[0];
  if (!Buffer.isBuffer(raw)) return {};
  const found: Partial<StatusDetails> = {};
  if (Number(trailers?.get(PUSHBACK_KEY)[0]) < 0) found.isFinal = true;
  try {
    for (const { typeUrl, value } of Status.decode(raw).details)
      readDetail(typeUrl.slice(TYPE_PREFIX.length), value, found);
  } catch {
    // A peer with broken trailers still gave a code and a message; those stand.
    return {};
  }
  return found;
}

function readDetail(type: string, value: Uint8Array, into: Partial<StatusDetails>): void {
  if (type === 'ErrorInfo') {
    const { reason, domain, metadata } = ErrorInfo.decode(value);
    Object.assign(into, { reason, domain, metadata });
  } else if (type === 'BadRequest') {
    into.violations = BadRequest.decode(value).fieldViolations.map((v) => ({
      field: v.field,
      description: v.description,
      rule: v.reason,
    }));
  } else if (type === 'RetryInfo') {
    const delay = RetryInfo.decode(value).retryDelay;
    const ms = delay && saneRetryMs(Number(delay.seconds) * 1000 + delay.nanos / 1e6);
    if (ms !== undefined) into.retryAfterMs = ms;
  } else if (type === 'ResourceInfo') {
    into.resourceName = ResourceInfo.decode(value).resourceName;
  }
}
