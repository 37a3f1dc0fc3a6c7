import type { Sha256, StoredObject, Suspicion, Upload } from '../objects/index.ts';

export interface ObjectRow {
  path: string;
  sha256: Buffer;
  /** int8 comes as text. */
  size_bytes: string;
  content_type: string;
  etag: string;
  create_time: Date;
}

export interface SuspicionRow {
  tenant: string;
  id: string;
  sha256: Buffer;
}

export interface UploadRow {
  id: string;
  path: string;
  received_bytes: string;
  part_ids: string[];
  part_offsets: string[];
  writer: string | null;
  writer_until: Date;
  etag: string;
  create_time: Date;
  expire_time: Date;
}

export const OBJECT_COLUMNS = 'path, sha256, size_bytes, content_type, etag, create_time';
export const UPLOAD_COLUMNS =
  'id, path, received_bytes, part_ids, part_offsets, writer, writer_until, etag, create_time, expire_time';

export const bytesOf = (sha256: Sha256): Buffer => Buffer.from(sha256, 'hex');

export const toObject = (row: ObjectRow): StoredObject => ({
  path: row.path,
  contentType: row.content_type,
  sizeBytes: BigInt(row.size_bytes),
  sha256: row.sha256.toString('hex'),
  etag: row.etag,
  createTime: row.create_time,
});

export const toSuspicion = (row: SuspicionRow): Suspicion => ({
  tenant: row.tenant,
  id: row.id,
  sha256: row.sha256.toString('hex'),
});

export const toUpload = (row: UploadRow): Upload => ({
  id: row.id,
  path: row.path,
  receivedBytes: BigInt(row.received_bytes),
  parts: row.part_ids.map((id, index) => ({ id, offset: BigInt(row.part_offsets[index] ?? '0') })),
  writer: row.writer ?? undefined,
  writerUntil: row.writer_until,
  etag: row.etag,
  createTime: row.create_time,
  expireTime: row.expire_time,
});

/** In the order of UPLOAD_COLUMNS. */
export const uploadValues = (upload: Upload): unknown[] => [
  upload.id,
  upload.path,
  String(upload.receivedBytes),
  upload.parts.map(({ id }) => id),
  upload.parts.map(({ offset }) => String(offset)),
  upload.writer ?? null,
  upload.writerUntil,
  upload.etag,
  upload.createTime,
  upload.expireTime,
];
