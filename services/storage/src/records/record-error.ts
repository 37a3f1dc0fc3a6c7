import type { NotFoundReason, Problem, RecordKind } from './record.ts';

export type RecordErrorReason =
  | NotFoundReason
  | 'CHILD_EXISTS'
  | 'GENERATION_OVER'
  | 'RECORD_INVALID'
  | 'REQUEST_ID_REUSED'
  | 'ETAG_MISMATCH'
  | 'UPDATE_MASK_INVALID';

/** A call about a record that cannot be served. The message is written for the caller. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  readonly reason: RecordErrorReason;
  readonly metadata: Record<string, string>;

  constructor(reason: RecordErrorReason, message: string, metadata: Record<string, string>) {
    super(message);
    this.reason = reason;
    this.metadata = metadata;
  }
}

export const notFound = (reason: NotFoundReason, name: string): RecordError =>
  new RecordError(reason, `there is no ${name}`, { name });

export const requestIdReused = (requestId: string, name: string): RecordError =>
  new RecordError(
    'REQUEST_ID_REUSED',
    `request id "${requestId}" made ${name} from a different request; use a new id`,
    { request_id: requestId, name },
  );

export const etagMismatch = (name: string, etag: string): RecordError =>
  new RecordError('ETAG_MISMATCH', `${name} was changed since etag "${etag}" was read; read it again`, { name, etag });

type Kind = Pick<RecordKind<never>, 'message' | 'changeable'>;

export function recordInvalid(kind: Kind, { field, why }: Problem): RecordError {
  const path = `${kind.message}.${field}`;
  return new RecordError('RECORD_INVALID', `${path}: ${why}`, { field: path });
}

export function updateMaskInvalid(kind: Kind, path: string): RecordError {
  const fields = Object.keys(kind.changeable).join(', ');
  const message = path === '' ? `name any of ${fields}` : `update_mask "${path}": only ${fields} can be updated`;
  return new RecordError('UPDATE_MASK_INVALID', message, { field: 'update_mask', path });
}
