import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ObjectBytes, OpenBytes, Sha256, StagedBytes } from '../objects/index.ts';
import { stagingDirectory, sweepAbandoned, sweepStaging } from './disk-staging.ts';

const CHUNK_BYTES = 64 * 1024;

const isMissing = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT';

/** Bytes under `<directory>/bytes/ab/cd…`; those on their way in under `<directory>/staging`. */
export class DiskObjects implements ObjectBytes {
  readonly #directory: string;
  #bytesRead = 0n;
  #openFiles = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** All bytes read from files so far: stands still while no reader asks for more. */
  get bytesRead(): bigint {
    return this.#bytesRead;
  }

  /** Files open for reading or writing. */
  get openFiles(): number {
    return this.#openFiles;
  }

  /** Makes the directories; removes what uploads of processes that are gone have left. */
  async prepare(): Promise<void> {
    await mkdir(join(this.#directory, 'bytes'), { recursive: true });
    await mkdir(stagingDirectory(this.#directory), { recursive: true });
    await sweepStaging(this.#directory);
  }

  /** Removes what other machines' dead uploads have left; says how many files. */
  sweep(): Promise<number> {
    return sweepAbandoned(this.#directory);
  }

  async stage(): Promise<StagedBytes> {
    const path = join(stagingDirectory(this.#directory), `${process.pid}-${randomUUID()}`);
    const file = await open(path, 'wx', 0o600);
    this.#openFiles += 1;
    return new StagedFile({
      path,
      file,
      pathOf: (sha256) => this.#pathOf(sha256),
      onClosed: () => (this.#openFiles -= 1),
    });
  }

  async open(sha256: Sha256): Promise<OpenBytes | undefined> {
    const file = await openExisting(this.#pathOf(sha256));
    if (file === undefined) return undefined;
    this.#openFiles += 1;
    const close = async (): Promise<void> => {
      this.#openFiles -= 1;
      await file.close();
    };
    try {
      const { size } = await file.stat();
      return { sizeBytes: BigInt(size), next: () => this.#next(file), close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  async remove(sha256: Sha256): Promise<void> {
    await rm(this.#pathOf(sha256), { force: true });
  }

  /** A buffer of its own each time: the one before may still be on its way out. */
  async #next(file: FileHandle): Promise<Buffer | undefined> {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES);
    this.#bytesRead += BigInt(bytesRead);
    return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead);
  }

  #pathOf(sha256: Sha256): string {
    return join(this.#directory, 'bytes', sha256.slice(0, 2), sha256.slice(2));
  }
}

async function openExisting(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

interface StagedFileOptions {
  readonly path: string;
  readonly file: FileHandle;
  readonly pathOf: (sha256: Sha256) => string;
  readonly onClosed: () => void;
}

class StagedFile implements StagedBytes {
  readonly #options: StagedFileOptions;
  readonly #hash = createHash('sha256');
  #sizeBytes = 0n;
  #sha256: Sha256 | undefined;
  #state: 'open' | 'closed' | 'gone' = 'open';

  constructor(options: StagedFileOptions) {
    this.#options = options;
  }

  get sizeBytes(): bigint {
    return this.#sizeBytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#sizeBytes += BigInt(chunk.length);
    let written = 0;
    while (written < chunk.length) {
      const { bytesWritten } = await this.#options.file.write(chunk, written);
      written += bytesWritten;
    }
  }

  async seal(): Promise<Sha256> {
    await this.#options.file.sync();
    await this.#close();
    return (this.#sha256 = this.#hash.digest('hex'));
  }

  /** Over bytes of the same hash too: that mends damaged ones, and who reads the old file goes on reading it. */
  async place(): Promise<void> {
    if (this.#sha256 === undefined) throw new Error('bytes are placed before they are sealed');
    const target = this.#options.pathOf(this.#sha256);
    const made = await mkdir(dirname(target), { recursive: true });
    await rename(this.#options.path, target);
    this.#state = 'gone';
    await syncDirectory(dirname(target));
    if (made !== undefined) await syncDirectory(dirname(dirname(target)));
  }

  async discard(): Promise<void> {
    await this.#close();
    if (this.#state === 'gone') return;
    this.#state = 'gone';
    await rm(this.#options.path, { force: true });
  }

  async #close(): Promise<void> {
    if (this.#state !== 'open') return;
    this.#state = 'closed';
    await this.#options.file.close();
    this.#options.onClosed();
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
