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

export interface UploadHeader {
  readonly path: string;
  /** Empty means application/octet-stream. */
  readonly contentType: string;
  readonly declaredSizeBytes: bigint | undefined;
  readonly declaredSha256: Sha256 | undefined;
  /** Empty replaces any version. */
  readonly ifEtag: string;
}

export type UploadPart =
  { readonly type: 'header'; readonly header: UploadHeader } | { readonly type: 'chunk'; readonly bytes: Uint8Array };

export type DownloadPart =
  { readonly type: 'header'; readonly object: StoredObject } | { readonly type: 'chunk'; readonly bytes: Buffer };
