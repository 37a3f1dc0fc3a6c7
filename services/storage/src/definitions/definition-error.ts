export type DefinitionErrorReason =
  'DEFINITION_NOT_FOUND' | 'DEFINITION_EXISTS' | 'REQUEST_ID_REUSED' | 'ETAG_MISMATCH' | 'UPDATE_MASK_INVALID';

/** A call about a definition that cannot be served. The message is written for the caller. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  readonly reason: DefinitionErrorReason;
  readonly metadata: Record<string, string>;

  constructor(reason: DefinitionErrorReason, message: string, metadata: Record<string, string>) {
    super(message);
    this.reason = reason;
    this.metadata = metadata;
  }
}

const nameOf = (id: string): string => `definitions/${id}`;

export const definitionNotFound = (id: string): DefinitionError =>
  new DefinitionError('DEFINITION_NOT_FOUND', `there is no ${nameOf(id)}`, { name: nameOf(id) });

export const definitionExists = (id: string, term: string): DefinitionError =>
  new DefinitionError(
    'DEFINITION_EXISTS',
    `"${term}" is already defined in this context and language by ${nameOf(id)}; set allow_duplicate to store another`,
    { name: nameOf(id), term },
  );

export const requestIdReused = (requestId: string, id: string): DefinitionError =>
  new DefinitionError(
    'REQUEST_ID_REUSED',
    `request id "${requestId}" made ${nameOf(id)} from a different request; use a new id`,
    { request_id: requestId, name: nameOf(id) },
  );

export const etagMismatch = (id: string, etag: string): DefinitionError =>
  new DefinitionError('ETAG_MISMATCH', `${nameOf(id)} was changed since etag "${etag}" was read; read it again`, {
    name: nameOf(id),
    etag,
  });

/** `field` is the one to mend: the mask itself, or the value it names. */
export const updateMaskInvalid = (path: string, why: string, field = 'update_mask'): DefinitionError =>
  new DefinitionError('UPDATE_MASK_INVALID', path === '' ? why : `update_mask "${path}": ${why}`, { field, path });
