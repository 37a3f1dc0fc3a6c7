import type { StoredObject } from './object.ts';

export type ObjectErrorReason =
  | 'OBJECT_NOT_FOUND'
  | 'ETAG_MISMATCH'
  | 'UPLOAD_OUT_OF_ORDER'
  | 'OBJECT_SIZE_MISMATCH'
  | 'OBJECT_HASH_MISMATCH'
  | 'OBJECT_TOO_LARGE'
  | 'OBJECT_DAMAGED'
  | 'OBJECTS_FULL'
  | 'RANGE_BEYOND_END'
  | 'UPLOAD_NOT_FOUND'
  | 'UPLOAD_BUSY'
  | 'UPLOAD_OFFSET_MISMATCH'
  | 'UPLOAD_REUSED'
  | 'UPLOAD_FINISHED'
  | 'UPLOAD_DAMAGED';

/** A call about an object that cannot be served. The message is written for the caller. */
export class ObjectError extends Error {
  override readonly name = 'ObjectError';
  readonly reason: ObjectErrorReason;
  readonly metadata: Record<string, string>;

  constructor(reason: ObjectErrorReason, message: string, metadata: Record<string, string>, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
    this.metadata = metadata;
  }
}

const nameOf = (path: string): string => `objects/${path}`;

export const objectNotFound = (path: string): ObjectError =>
  new ObjectError('OBJECT_NOT_FOUND', `there is no ${nameOf(path)}`, { name: nameOf(path) });

export const objectEtagMismatch = (path: string, etag: string): ObjectError =>
  new ObjectError('ETAG_MISMATCH', `${nameOf(path)} is no longer the version with etag "${etag}"`, {
    name: nameOf(path),
    etag,
  });

/** Positions count from 0. */
export const uploadOutOfOrder = (position: number, wanted: 'header' | 'chunk'): ObjectError =>
  new ObjectError(
    'UPLOAD_OUT_OF_ORDER',
    `message ${position} of the upload must be a ${wanted}: one header, then chunks`,
    { field: 'part', position: String(position) },
  );

export const sizeMismatch = (declared: bigint, received: bigint): ObjectError =>
  new ObjectError('OBJECT_SIZE_MISMATCH', `${declared} bytes were declared, ${received} received`, {
    field: 'header.size_bytes',
    declared: String(declared),
    received: String(received),
  });

export const hashMismatch = (declared: string, received: string): ObjectError =>
  new ObjectError('OBJECT_HASH_MISMATCH', `SHA-256 ${declared} was declared, ${received} received`, {
    field: 'header.sha256',
    declared,
    received,
  });

/** `field` is what gave it away: the size declared, or a chunk too many. */
export const objectTooLarge = (maxBytes: bigint, field: 'header.size_bytes' | 'chunk'): ObjectError =>
  new ObjectError('OBJECT_TOO_LARGE', `an object may have at most ${maxBytes} bytes`, {
    field,
    max_bytes: String(maxBytes),
  });

export const objectDamaged = (path: string): ObjectError =>
  new ObjectError('OBJECT_DAMAGED', `the bytes of ${nameOf(path)} are missing or damaged`, { name: nameOf(path) });

/** The bytes that arrived of an upload that has a name are kept. */
export const objectsFull = (cause: unknown): ObjectError =>
  new ObjectError('OBJECTS_FULL', 'there is no room for more objects', {}, cause);

export const rangeBeyondEnd = (object: StoredObject, offset: bigint, length: bigint): ObjectError =>
  new ObjectError(
    'RANGE_BEYOND_END',
    `${nameOf(object.path)} has ${object.sizeBytes} bytes: there are no ${length} from ${offset}`,
    { name: nameOf(object.path), offset: String(offset), length: String(length), size_bytes: String(object.sizeBytes) },
  );
