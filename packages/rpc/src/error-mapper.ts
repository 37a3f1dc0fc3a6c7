import { status } from '@grpc/grpc-js';
import { detailsBytes, encodeDetails, type StatusDetails } from './rich-status.ts';
import { RemoteError } from './remote-error.ts';
import { RPC_DOMAIN, StatusError } from './status-error.ts';
import type { Metadata } from '@grpc/grpc-js';

/** Which status each reason of a service becomes: the only place where its reasons meet gRPC. */
export interface ErrorTable {
  /** Namespace of the reasons, such as `examples.exempla`. */
  readonly domain: string;
  readonly codes: Readonly<Record<string, status>>;
}

/** What goes on the wire. */
export interface WireStatus {
  code: status;
  details: string;
  metadata: Metadata;
}

export interface MappedError {
  wire: WireStatus;
  /** True when nothing knew the error: it is logged with its cause, and the caller is told nothing of it. */
  unknown: boolean;
}

/** Statuses of a peer that mean the same to our own caller: the reason when the peer gave none, and what is said of it. */
const PASSED_ON: readonly (readonly [code: status, reason: string, what: string])[] = [
  [status.UNAVAILABLE, 'DOWNSTREAM_UNAVAILABLE', 'is not available'],
  [status.DEADLINE_EXCEEDED, 'DOWNSTREAM_DEADLINE_EXCEEDED', 'did not answer in time'],
  [status.CANCELLED, 'DOWNSTREAM_CANCELLED', 'was cancelled'],
  [status.RESOURCE_EXHAUSTED, 'DOWNSTREAM_RESOURCE_EXHAUSTED', 'has no capacity left'],
];
const RETRYABLE = new Set([status.UNAVAILABLE, status.RESOURCE_EXHAUSTED]);
const DEFAULT_RETRY_MS = 1000;
/** Trailers are headers: callers take a few KiB of them, and too many end the whole connection. */
const MAX_VIOLATIONS = 20;
const MAX_TEXT_CHARACTERS = 500;
/** Of the 8 KiB that peers take, with what gRPC and a handler's own trailers add. */
const MAX_DETAILS_BYTES = 3_072;
const MAX_MESSAGE_BYTES = 1_536;

interface ReasonedError extends Error {
  reason: string;
  metadata?: Record<string, string>;
  retryAfterMs?: number;
  isFinal?: boolean;
}

/** Any throw becomes a status here and nowhere else. `end` is the call's: once it aborted, its reason is the answer. */
export function mapError(
  error: unknown,
  table: ErrorTable,
  end?: Pick<AbortSignal, 'aborted' | 'reason'>,
): MappedError {
  const cause = end?.aborted && end.reason instanceof StatusError ? end.reason : error;
  try {
    return mapCause(cause, table);
  } catch {
    // An error that cannot be described is treated as unknown: a failing call has to end, whatever it fails with.
    return unexpected(table);
  }
}

function mapCause(cause: unknown, table: ErrorTable): MappedError {
  if (cause instanceof StatusError) return fromStatusError(cause, table);
  if (cause instanceof RemoteError) return fromRemote(cause, table);
  const code = isReasoned(cause) && Object.hasOwn(table.codes, cause.reason) ? table.codes[cause.reason] : undefined;
  if (code !== undefined) return fromReasoned(cause as ReasonedError, code, table);
  return unexpected(table);
}

const isReasoned = (error: unknown): error is ReasonedError =>
  error instanceof Error && typeof (error as { reason?: unknown }).reason === 'string';

/** Fit for a header: grpc-js cannot write half a surrogate pair, such as a cut text ends with. */
const sendable = (text: string): string =>
  (text.length > MAX_TEXT_CHARACTERS ? `${text.slice(0, MAX_TEXT_CHARACTERS)}…` : text).toWellFormed();

const sendableMetadata = (metadata: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, sendable(String(value))]));

function wireStatus(code: status, text: string, details: StatusDetails): WireStatus {
  const message = sendableMessage(text);
  const complete = { ...details, metadata: sendableMetadata(details.metadata) };
  if (details.violations) {
    complete.violations = details.violations
      .slice(0, MAX_VIOLATIONS)
      .map(({ field, description, rule }) => ({ field: sendable(field), description: sendable(description), rule }));
  }
  if (RETRYABLE.has(code)) complete.retryAfterMs ??= DEFAULT_RETRY_MS;
  if (code === status.NOT_FOUND && details.metadata.name) complete.resourceName ??= details.metadata.name;
  // A room names the field it refuses in its metadata; callers find it where the validation rules put theirs.
  if (code === status.INVALID_ARGUMENT && details.metadata.field && !details.violations?.length) {
    complete.violations = [{ field: details.metadata.field, description: message, rule: details.reason }];
  }
  return { code, details: message, metadata: fittingDetails(code, message, complete) };
}

/** As many details as peers take, the reason first. */
function fittingDetails(code: status, message: string, details: StatusDetails): Metadata {
  const { reason, domain, retryAfterMs, violations, isFinal } = details;
  const least: StatusDetails = { reason: sendable(reason), domain: sendable(domain), metadata: {} };
  if (retryAfterMs !== undefined) least.retryAfterMs = retryAfterMs;
  if (isFinal) least.isFinal = true;
  const fewer = [details, { ...details, metadata: {} }, { ...least, violations: violations?.slice(0, 1) ?? [] }];
  for (const some of fewer) {
    const encoded = encodeDetails(code, message, some);
    if (detailsBytes(encoded) <= MAX_DETAILS_BYTES) return encoded;
  }
  return encodeDetails(code, message, least);
}

/** A message is sent with percent signs: what is no ASCII takes up to nine times its length. */
function sendableMessage(text: string): string {
  let message = sendable(text);
  while (encodeURI(message).length > MAX_MESSAGE_BYTES)
    message = `${message.slice(0, message.length / 2)}…`.toWellFormed();
  return message;
}

function fromStatusError(error: StatusError, table: ErrorTable): MappedError {
  const { code, message, reason, metadata, domain = table.domain, retryAfterMs, violations, isFinal } = error;
  const details: StatusDetails = { reason, domain, metadata, violations, isFinal };
  if (retryAfterMs !== undefined) details.retryAfterMs = retryAfterMs;
  return { wire: wireStatus(code, message, details), unknown: false };
}

function fromReasoned(error: ReasonedError, code: status, table: ErrorTable): MappedError {
  const details: StatusDetails = { reason: error.reason, domain: table.domain, metadata: error.metadata ?? {} };
  if (error.retryAfterMs !== undefined) details.retryAfterMs = error.retryAfterMs;
  if (error.isFinal) details.isFinal = true;
  return { wire: wireStatus(code, error.message, details), unknown: false };
}

/** What the caller gets for an unknown error. */
const unexpected = (table: ErrorTable): MappedError => ({
  ...fromStatusError(new StatusError(status.INTERNAL, 'INTERNAL', 'internal error', { domain: RPC_DOMAIN }), table),
  unknown: true,
});

/** A peer's failure nobody handled. Its own message may name addresses, so the caller gets a sentence of ours. */
function fromRemote(error: RemoteError, table: ErrorTable): MappedError {
  const passed = PASSED_ON.find(([code]) => code === error.code);
  if (!passed) return unexpected(table);
  const [code, reason, what] = passed;
  const details: StatusDetails = {
    reason: error.reason || reason,
    domain: error.domain || RPC_DOMAIN,
    metadata: { ...error.metadata, method: error.method },
  };
  if (error.details.retryAfterMs !== undefined) details.retryAfterMs = error.details.retryAfterMs;
  if (error.details.isFinal) details.isFinal = true;
  return { wire: wireStatus(code, `${error.method} ${what}`, details), unknown: false };
}
