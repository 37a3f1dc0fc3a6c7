/** Why a definition could not be made or found. */
export type DefinitionReason =
  | 'TERM_UNKNOWN'
  | 'TERM_INVALID'
  | 'PROVIDER_UNKNOWN'
  | 'LANGUAGE_UNSUPPORTED'
  | 'DEFINITION_EXISTS'
  | 'REQUEST_ID_REUSED'
  | 'DEFINITION_NOT_FOUND'
  | 'ETAG_MISMATCH'
  | 'PAGE_TOKEN_INVALID';

export class DefinitionError extends Error {
  readonly reason: DefinitionReason;
  /** Everything variable in the message. */
  readonly metadata: Record<string, string>;

  constructor(reason: DefinitionReason, message: string, metadata: Record<string, string> = {}) {
    super(message);
    this.name = 'DefinitionError';
    this.reason = reason;
    this.metadata = metadata;
  }
}
