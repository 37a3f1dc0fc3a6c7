import { Metadata } from '@grpc/grpc-js';
import { BadRequest, ErrorInfo, ResourceInfo, RetryInfo } from './gen/google/rpc/error_details.ts';
import { Status } from './gen/google/rpc/status.ts';
import type { FieldViolation } from './status-error.ts';

/** Trailer that carries a `google.rpc.Status`. */
const DETAILS_KEY = 'grpc-status-details-bin';
const TYPE_PREFIX = 'type.googleapis.com/google.rpc.';

export interface StatusDetails {
  reason: string;
  domain: string;
  metadata: Readonly<Record<string, string>>;
  violations?: readonly FieldViolation[];
  retryAfterMs?: number;
  /** For NOT_FOUND: the resource that is missing. */
  resourceName?: string;
}

const any = (name: string, bytes: Uint8Array): { typeUrl: string; value: Buffer } => ({
  typeUrl: TYPE_PREFIX + name,
  value: Buffer.from(bytes),
});

/** In whole milliseconds: a fraction could round up to a full second of nanos, which is no Duration. */
const duration = (ms: number): { seconds: bigint; nanos: number } => ({
  seconds: BigInt(Math.floor(Math.round(ms) / 1000)),
  nanos: (Math.round(ms) % 1000) * 1e6,
});

/** The trailers of a failed call: a `google.rpc.Status` with its details. */
export function encodeDetails(code: number, message: string, details: StatusDetails): Metadata {
  const { reason, domain, metadata, violations, retryAfterMs, resourceName } = details;
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
  if (retryAfterMs !== undefined) {
    list.push(any('RetryInfo', RetryInfo.encode({ retryDelay: duration(retryAfterMs) }).finish()));
  }
  if (resourceName !== undefined) {
    const resourceType = resourceName.split('/')[0] ?? '';
    list.push(
      any('ResourceInfo', ResourceInfo.encode({ resourceType, resourceName, owner: '', description: '' }).finish()),
    );
  }
  const trailers = new Metadata();
  trailers.set(DETAILS_KEY, Buffer.from(Status.encode({ code, message, details: list }).finish()));
  return trailers;
}

/** The details a peer sent, as far as they are there; statuses that grpc-js makes itself carry none. */
export function decodeDetails(trailers: Metadata | undefined): Partial<StatusDetails> {
  const raw = trailers?.get(DETAILS_KEY)[0];
  if (!Buffer.isBuffer(raw)) return {};
  const found: Partial<StatusDetails> = {};
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
    if (delay) into.retryAfterMs = Number(delay.seconds) * 1000 + delay.nanos / 1e6;
  } else if (type === 'ResourceInfo') {
    into.resourceName = ResourceInfo.decode(value).resourceName;
  }
}
