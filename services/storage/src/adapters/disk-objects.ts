import { type FileHandle, link, mkdir, open, opendir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BLOCK_BYTES, type ObjectBytes, type OpenBytes, type Sha256 } from '../objects/index.ts';
import type { StagedBytes, StagedPart } from '../objects/index.ts';
import { isUuid } from '../paging/index.ts';
import { withRoom } from './disk-full.ts';
import { stagedName, stagingDirectory, sweepAbandoned, sweepStaging } from './disk-staging.ts';
import { StagedFile, type StagedFileOptions, StagedPartFile } from './staged-file.ts';

const isMissing = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT';
const isThere = (error: unknown): boolean => (error as { code?: string }).code === 'EEXIST';

/** A block at a time: larger buffers are longer garbage, and the memory of the process shows it. */
const READ_BYTES = BLOCK_BYTES;

/**
 * Bytes under `<directory>/bytes/ab/cd…`; those on their way in under `<directory>/staging`, or `<directory>/parts` when
 * they may go on in another call. `<directory>/index` says whose bytes they are.
 */
export class DiskObjects implements ObjectBytes {
  readonly directory: string;
  /** What comes in here is no leftover, however old it looks by a clock that was put forward. */
  readonly #staged = new Set<string>();
  #bytesRead = 0n;
  #openFiles = 0;

  constructor(directory: string) {
    this.directory = directory;
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
    for (const name of ['bytes', 'parts']) await mkdir(join(this.directory, name), { recursive: true });
    await mkdir(stagingDirectory(this.directory), { recursive: true });
    await sweepStaging(this.directory);
  }

  /** Nobody's yet, and without any bytes. */
  async isNew(): Promise<boolean> {
    if ((await this.#owner()) !== undefined) return false;
    for await (const _ of this.placed()) return false;
    return true;
  }

  sweepStaged(): Promise<number> {
    return sweepAbandoned(this.directory, (path) => this.#staged.has(path));
  }

  async areOf(index: string): Promise<boolean> {
    const owner = await this.#owner();
    if (owner !== undefined) return owner === index;
    await this.#claim(index);
    return (await this.#owner()) === index;
  }

  async stage(): Promise<StagedBytes> {
    const options = await this.#create(this.#spare());
    this.#staged.add(options.path);
    return new StagedFile({ ...options, onGone: () => void this.#staged.delete(options.path) });
  }

  async stagePart(id: string): Promise<StagedPart> {
    return new StagedPartFile(await this.#create(this.#partPath(id)));
  }

  open(sha256: Sha256, from = 0n): Promise<OpenBytes | undefined> {
    return this.#open(this.#pathOf(sha256), from);
  }

  openPart(id: string): Promise<OpenBytes | undefined> {
    return this.#open(this.#partPath(id), 0n);
  }

  async remove(sha256: Sha256): Promise<void> {
    await rm(this.#pathOf(sha256), { force: true });
  }

  async removePart(id: string): Promise<void> {
    await rm(this.#partPath(id), { force: true });
  }

  async *placed(): AsyncGenerator<Sha256> {
    for await (const [directory, name] of filesBelow(join(this.directory, 'bytes'))) {
      const id = directory.slice(-2) + name;
      if (/^[0-9a-f]{64}$/.test(id)) yield id;
    }
  }

  async *parts(): AsyncGenerator<string> {
    for await (const [, name] of filesBelow(join(this.directory, 'parts'))) if (isUuid(name)) yield name;
  }

  /** The index whose bytes they are; undefined before the first has asked. */
  async #owner(): Promise<string | undefined> {
    return await readFile(this.#indexPath(), 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  }

  #indexPath(): string {
    return join(this.directory, 'index');
  }

  /** Whoever is first. A link is there with all it says, or not at all. */
  async #claim(index: string): Promise<void> {
    const spare = this.#spare();
    await writeFile(spare, index);
    await link(spare, this.#indexPath()).catch((error: unknown) => {
      if (!isThere(error)) throw error;
    });
    await rm(spare);
  }

  async #create(path: string): Promise<StagedFileOptions> {
    const file = await withRoom(create(path));
    this.#openFiles += 1;
    const onClosed = (): void => void (this.#openFiles -= 1);
    return { path, file, spare: this.#spare(), pathOf: (sha256) => this.#pathOf(sha256), onClosed };
  }

  async #open(path: string, from: bigint): Promise<OpenBytes | undefined> {
    const file = await openExisting(path);
    if (file === undefined) return undefined;
    this.#openFiles += 1;
    const close = async (): Promise<void> => {
      this.#openFiles -= 1;
      await file.close();
    };
    try {
      const { size } = await file.stat();
      let at = Number(from);
      let read: Buffer = Buffer.alloc(0);
      const next = async (): Promise<Buffer | undefined> => {
        if (read.length === 0) {
          read = await readAt(file, at);
          at += read.length;
          this.#bytesRead += BigInt(read.length);
        }
        const block = read.subarray(0, BLOCK_BYTES);
        read = read.subarray(block.length);
        return block.length === 0 ? undefined : block;
      };
      return { sizeBytes: BigInt(size), next, close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  #spare(): string {
    return join(stagingDirectory(this.directory), stagedName());
  }

  #partPath(id: string): string {
    return join(this.directory, 'parts', id);
  }

  #pathOf(sha256: Sha256): string {
    return join(this.directory, 'bytes', sha256.slice(0, 2), sha256.slice(2));
  }
}

/** A buffer of its own each time: the one before may still be on its way out. Shorter only at the end of the file. */
async function readAt(file: FileHandle, at: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  for (let length = 0; ;) {
    const { bytesRead } = await file.read(buffer, length, READ_BYTES - length, at + length);
    length += bytesRead;
    if (bytesRead === 0 || length === READ_BYTES) return buffer.subarray(0, length);
  }
}

/** What tidies the disk may have taken a directory that was empty. */
async function create(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(dirname(path), { recursive: true });
    return open(path, 'wx', 0o600);
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

async function* filesBelow(directory: string): AsyncGenerator<[directory: string, name: string]> {
  for await (const entry of await opendir(directory, { recursive: true })) {
    if (entry.isFile()) yield [entry.parentPath, entry.name];
  }
}
