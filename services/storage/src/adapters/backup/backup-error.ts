export type BackupProblem =
  | 'ARCHIVE_DAMAGED'
  | 'ARCHIVE_NEWER'
  | 'ARCHIVE_TRUNCATED'
  | 'DATABASE_NOT_EMPTY'
  | 'FILE_EXISTS'
  | 'OBJECT_DAMAGED'
  | 'OBJECT_MISSING'
  | 'OBJECTS_NOT_EMPTY'
  | 'RESTORED_DIFFERS'
  | 'SCHEMA_DIFFERS';

/** Why there is no backup, or why it was not restored. The message is written for the person at the terminal. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly reason: BackupProblem;

  constructor(reason: BackupProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}
