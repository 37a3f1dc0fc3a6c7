import { RemoteError, status, StatusError, type FieldViolation } from '@exempla/rpc';
import { fieldErrors, isValidationError, summaryOf } from './field-errors.ts';
import { refined } from './payment.ts';
import type { FieldProblem, ProblemSource } from './problem.ts';

/** What the edge says of an error. */
export interface ReadError extends ProblemSource {
  /** Nobody knew the error: it is logged, and the caller is told nothing of it. */
  unknown: boolean;
}

/** Names a field of a message as the body of the request calls it. */
export type FieldNames = (field: string) => string;

/** Any throw becomes what a caller is told here and nowhere else. */
export function readError(error: unknown, fieldNames: FieldNames = (field) => field): ReadError {
  if (error instanceof StatusError) return known(error, error.violations, error.retryAfterMs, fieldNames);
  if (error instanceof RemoteError) return ofPeer(error, fieldNames);
  if (isValidationError(error)) {
    const errors = fieldErrors(error);
    const reason = 'INVALID_REQUEST';
    return { code: status.INVALID_ARGUMENT, reason, detail: summaryOf(errors), errors, unknown: false };
  }
  return ofFastify(error) ?? INTERNAL;
}

const INTERNAL: ReadError = { code: status.INTERNAL, reason: 'INTERNAL', detail: 'internal error', unknown: true };
/** Their messages are of what is inside. */
const INSIDE = new Set([status.INTERNAL, status.UNKNOWN, status.DATA_LOSS]);

function known(
  error: StatusError | RemoteError,
  violations: readonly FieldViolation[],
  retryAfterMs: number | undefined,
  fieldNames: FieldNames,
): ReadError {
  const { code, reason, message } = error;
  if (INSIDE.has(code)) return INTERNAL;
  const errors = violations.map(({ field, description }) => fieldProblem(field, description, fieldNames));
  const detail = errors.length > 0 ? summaryOf(errors) : message;
  return { ...refined(error, { code, reason, detail, errors, retryAfterMs }), unknown: false };
}

/** A room begins its sentence with the name of the field, which is another one here. */
function fieldProblem(field: string, description: string, fieldNames: FieldNames): FieldProblem {
  const prefix = `${field}: `;
  const message = description.startsWith(prefix) ? description.slice(prefix.length) : description;
  return { field: fieldNames(field), message };
}

/** Statuses that grpc-js makes itself have no reason, and may name addresses: of those a caller is told in our words. */
const BARE = new Map<status, readonly [reason: string, detail: string, retryAfterMs?: number]>([
  [status.UNAVAILABLE, ['DOWNSTREAM_UNAVAILABLE', 'a service behind this one cannot be reached', 1000]],
  [status.DEADLINE_EXCEEDED, ['DEADLINE_EXCEEDED', 'the deadline passed before there was an answer']],
  [status.CANCELLED, ['DOWNSTREAM_CANCELLED', 'the call was cancelled']],
  [
    status.RESOURCE_EXHAUSTED,
    ['DOWNSTREAM_RESOURCE_EXHAUSTED', 'a service behind this one has no capacity left', 1000],
  ],
]);

function ofPeer(error: RemoteError, fieldNames: FieldNames): ReadError {
  const { code, details } = error;
  if (error.reason) return known(error, details.violations ?? [], details.retryAfterMs, fieldNames);
  const bare = BARE.get(code);
  if (!bare) return INTERNAL;
  const [reason, detail, retryAfterMs] = bare;
  return { code, reason, detail, retryAfterMs, unknown: false };
}

/** A path that is there, and a method that is not. */
export const METHOD_NOT_ALLOWED = 'METHOD_NOT_ALLOWED';

/** Refusals of Fastify, of Node's parser and of ours. HTTP has statuses for some that gRPC has not. */
const REFUSALS = new Map<string, ProblemSource>([
  [
    METHOD_NOT_ALLOWED,
    {
      code: status.UNIMPLEMENTED,
      reason: METHOD_NOT_ALLOWED,
      detail: 'this path has other methods: the header Allow tells them',
      http: [405, 'Method not allowed'],
    },
  ],
  [
    'FST_ERR_CTP_INVALID_MEDIA_TYPE',
    {
      code: status.INVALID_ARGUMENT,
      reason: 'MEDIA_TYPE_UNSUPPORTED',
      detail: 'the body has to be application/json',
      http: [415, 'Unsupported media type'],
    },
  ],
  [
    'FST_ERR_CTP_BODY_TOO_LARGE',
    {
      code: status.INVALID_ARGUMENT,
      reason: 'BODY_TOO_LARGE',
      detail: 'the body is larger than this server takes',
      http: [413, 'Content too large'],
    },
  ],
  [
    'HPE_HEADER_OVERFLOW',
    {
      code: status.INVALID_ARGUMENT,
      reason: 'HEADERS_TOO_LARGE',
      detail: 'the headers are larger than this server takes',
      http: [431, 'Request header fields too large'],
    },
  ],
  [
    'FST_ERR_MAX_PARAM_LENGTH',
    {
      code: status.INVALID_ARGUMENT,
      reason: 'URL_TOO_LONG',
      detail: 'a part of the URL is longer than any id',
      http: [414, 'URI too long'],
    },
  ],
  [
    'ERR_HTTP_REQUEST_TIMEOUT',
    {
      code: status.DEADLINE_EXCEEDED,
      reason: 'REQUEST_TOO_SLOW',
      detail: 'the request did not arrive in time',
      http: [408, 'Request timeout'],
    },
  ],
  ['FST_STATIC_FORBIDDEN_PATH', { code: status.NOT_FOUND, reason: 'ROUTE_NOT_FOUND', detail: 'there is no such file' }],
]);
const MALFORMED: ProblemSource = {
  code: status.INVALID_ARGUMENT,
  reason: 'REQUEST_MALFORMED',
  detail: 'the request is not valid: its body has to be JSON, its URL well-formed',
};

function ofFastify(error: unknown): ReadError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const name = typeof code === 'string' ? code : '';
  const refusal = REFUSALS.get(name);
  if (refusal) return { ...refusal, unknown: false };
  return statusCode === 400 || name.startsWith('HPE_') ? { ...MALFORMED, unknown: false } : undefined;
}
