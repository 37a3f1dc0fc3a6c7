import type { Sha256 } from './object.ts';

/** Bytes on their way in. Not visible to anyone until placed. */
export interface StagedBytes {
  /** One at a time. The chunk is not looked at any more when it returns. */
  write(chunk: Uint8Array): Promise<void>;
  readonly sizeBytes: bigint;
  /** Makes them durable and says their hash. No more writes after it. */
  seal(): Promise<Sha256>;
  /** Puts them where their hash says. Durable when it returns. */
  place(): Promise<void>;
  /** Removes what was not placed. Safe at any time, also twice. */
  discard(): Promise<void>;
}

/** Bytes of one call of an upload that may go on. They outlive the call, and the process. */
export interface StagedPart extends StagedBytes {
  /** Makes durable what was written before; says how much that is. May run beside a write. */
  checkpoint(): Promise<bigint>;
  /** Ends the writing and leaves the bytes. Safe at any time, also twice. */
  keep(): Promise<void>;
}

export interface OpenBytes {
  /** Of the whole, wherever the reading began. */
  readonly sizeBytes: bigint;
  /** The next piece: BLOCK_BYTES, less only at the end, where undefined follows. Reads on only when it is asked. */
  next(): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

/**
 * Bytes kept by their hash. A part and placed bytes are never changed once they are written: whoever goes on with an
 * upload writes a part of its own. So it fits stores without files or renaming (docs/decisions/0013-objects.md).
 */
export interface ObjectBytes {
  stage(): Promise<StagedBytes>;
  /** Undefined when there are none of this hash. `from`, 0 unless given, is a multiple of BLOCK_BYTES. */
  open(sha256: Sha256, from?: bigint): Promise<OpenBytes | undefined>;
  /** No error when there are none. */
  remove(sha256: Sha256): Promise<void>;
  /** The hashes of all bytes placed, in any order. */
  placed(): AsyncIterable<Sha256>;

  /** Says whether the bytes are those of this index. The first one asked for is the one. */
  areOf(index: string): Promise<boolean>;

  stagePart(id: string): Promise<StagedPart>;
  openPart(id: string): Promise<OpenBytes | undefined>;
  /** No error when there is none. */
  removePart(id: string): Promise<void>;
  /** The ids of all parts, in any order. */
  parts(): AsyncIterable<string>;
  /** Removes what is staged and nobody can be writing any more; says how much that was. */
  sweepStaged(): Promise<number>;
}
