/** Who calls, and for how long the answer is still wanted. */
export interface Call {
  readonly tenant: string;
  readonly signal: AbortSignal;
  readonly deadline: { remainingMs(): number };
}

/** What bytes are known by: their SHA-256 in lower-case hex. */
export type Sha256 = string;

/** What is known of an object; its bytes are kept by hash, once for all objects that have them. */
export interface StoredObject {
  /** The name without `objects/`. */
  readonly path: string;
  readonly contentType: string;
  readonly sizeBytes: bigint;
  readonly sha256: Sha256;
  readonly etag: string;
  readonly createTime: Date;
}

/** An object to be stored, with the checksums of its blocks. */
export interface NewObject extends Omit<StoredObject, 'createTime'> {
  readonly blockChecks: Buffer;
}

export interface UploadHeader {
  readonly path: string;
  /** Empty means application/octet-stream. */
  readonly contentType: string;
  readonly declaredSizeBytes: bigint | undefined;
  readonly declaredSha256: Sha256 | undefined;
  /** Empty replaces any version. */
  readonly ifEtag: string;
  /** The id of an upload that may break off and go on; undefined for one that may not. */
  readonly upload: string | undefined;
  /** Bytes of the upload that arrived before this call. */
  readonly offset: bigint;
}

export type UploadPart =
  { readonly type: 'header'; readonly header: UploadHeader } | { readonly type: 'chunk'; readonly bytes: Uint8Array };

export interface DownloadInput {
  readonly path: string;
  readonly offset: bigint;
  /** 0 means all that follow. */
  readonly length: bigint;
  /** Empty reads any version. */
  readonly ifEtag: string;
}

export type DownloadPart =
  { readonly type: 'header'; readonly object: StoredObject } | { readonly type: 'chunk'; readonly bytes: Buffer };
