import { createHash } from 'node:crypto';
import { type FileHandle, link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sha256, StagedBytes, StagedPart } from '../objects/index.ts';
import { withRoom } from './disk-full.ts';

/** So much is written before the disk begins to make it durable: the end then waits for little more. */
const FLUSH_BYTES = 16n << 20n;

export interface StagedFileOptions {
  readonly path: string;
  readonly file: FileHandle;
  /** A path beside which nobody else's is, on the same file system. */
  readonly spare: string;
  readonly pathOf: (sha256: Sha256) => string;
  readonly onClosed: () => void;
  /** Told when its path is needed no more. */
  readonly onGone?: () => void;
}

/** Bytes in a file nobody else writes; added up while the disk takes them. */
export class StagedFile implements StagedBytes {
  protected readonly options: StagedFileOptions;
  readonly #hash = createHash('sha256');
  #sizeBytes = 0n;
  #sha256: Sha256 | undefined;
  #flushedBytes = 0n;
  #flushing: Promise<void> | undefined;
  #failure: Error | undefined;
  protected state: 'open' | 'closed' | 'gone' = 'open';

  constructor(options: StagedFileOptions) {
    this.options = options;
  }

  /** Of the writes that have returned. */
  get sizeBytes(): bigint {
    return this.#sizeBytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    const writing = withRoom(this.#writeAll(chunk));
    this.#hash.update(chunk);
    await writing;
    this.#sizeBytes += BigInt(chunk.length);
    if (this.#sizeBytes - this.#flushedBytes >= FLUSH_BYTES) this.#flushing ??= this.#flush();
  }

  async seal(): Promise<Sha256> {
    await this.makeDurable();
    await this.close();
    return (this.#sha256 = this.#hash.digest('hex'));
  }

  /** Over bytes of the same hash too: that mends damaged ones, and who reads the old file goes on reading it. */
  async place(): Promise<void> {
    if (this.#sha256 === undefined) throw new Error('bytes are placed before they are sealed');
    const target = this.options.pathOf(this.#sha256);
    const made = await withRoom(mkdir(dirname(target), { recursive: true }));
    await withRoom(this.moveTo(target));
    await syncDirectory(dirname(target));
    if (made !== undefined) await syncDirectory(dirname(dirname(target)));
  }

  async discard(): Promise<void> {
    await this.close();
    if (this.state === 'gone') return;
    this.gone();
    await rm(this.options.path, { force: true });
  }

  protected async moveTo(target: string): Promise<void> {
    await rename(this.options.path, target);
    this.gone();
  }

  protected gone(): void {
    this.state = 'gone';
    this.options.onGone?.();
  }

  protected async close(): Promise<void> {
    if (this.state !== 'open') return;
    this.state = 'closed';
    await this.#flushing;
    await this.options.file.close();
    this.options.onClosed();
  }

  /** A disk that failed once would say that all is well when it is asked again: so it is not. */
  protected async makeDurable(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      await withRoom(this.options.file.datasync());
    } catch (error) {
      this.#failure ??= error as Error;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Nobody waits for it; a later step that needs the bytes to be durable gets the error. */
  async #flush(): Promise<void> {
    this.#flushedBytes = this.#sizeBytes;
    await this.makeDurable().catch(() => {});
    this.#flushing = undefined;
  }

  async #writeAll(chunk: Uint8Array): Promise<void> {
    for (let written = 0; written < chunk.length;) {
      const { bytesWritten } = await this.options.file.write(chunk, written);
      written += bytesWritten;
    }
  }
}

/** A file that stays when its bytes are placed: until the object is there, the upload may have to go on. */
export class StagedPartFile extends StagedFile implements StagedPart {
  #isListed = false;

  async checkpoint(): Promise<bigint> {
    const { sizeBytes } = this;
    // One that is closed was made durable before.
    if (this.state !== 'open') return sizeBytes;
    await this.makeDurable();
    if (!this.#isListed) await syncDirectory(dirname(this.options.path));
    this.#isListed = true;
    return sizeBytes;
  }

  async keep(): Promise<void> {
    try {
      if (this.state === 'open') await this.checkpoint();
    } finally {
      await this.close();
    }
  }

  protected override async moveTo(target: string): Promise<void> {
    await link(this.options.path, this.options.spare);
    await rename(this.options.spare, target);
    // Renaming one name of a file over another of the same file does nothing.
    await rm(this.options.spare, { force: true });
  }
}

/** A rename is durable when its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
