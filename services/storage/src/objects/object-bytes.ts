import type { Sha256 } from './object.ts';

/** Bytes on their way in. Not visible to anyone until placed. */
export interface StagedBytes {
  write(chunk: Uint8Array): Promise<void>;
  readonly sizeBytes: bigint;
  /** Makes them durable and says their hash. No more writes after it. */
  seal(): Promise<Sha256>;
  /** Puts them where their hash says. Durable when it returns. */
  place(): Promise<void>;
  /** Removes what was not placed. Safe at any time, also twice. */
  discard(): Promise<void>;
}

export interface OpenBytes {
  readonly sizeBytes: bigint;
  /** The next piece, at most 64 KiB; undefined at the end. Never reads ahead. */
  next(): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

/** Bytes kept by their hash. */
export interface ObjectBytes {
  stage(): Promise<StagedBytes>;
  /** Undefined when there are none of this hash. */
  open(sha256: Sha256): Promise<OpenBytes | undefined>;
  /** No error when there are none. */
  remove(sha256: Sha256): Promise<void>;
}
