import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { BackupError } from './backup-error.ts';

export interface ArchiveSteps {
  /** Hands all frames to `pack`. */
  readonly write: (pack: (frames: AsyncIterable<Buffer>) => Promise<void>) => Promise<void>;
  /** Sees the whole archive before it has its name; throws to have none. */
  readonly verify: (path: string) => Promise<void>;
  readonly signal: AbortSignal;
}

/** The file has its name when it is whole and on disk, or it is not there at all. */
export async function writeArchive(path: string, { write, verify, signal }: ArchiveSteps): Promise<void> {
  await assertFree(path);
  // Containers that share the directory may share process ids too.
  const partial = join(dirname(path), `.${basename(path)}.${randomUUID()}.partial`);
  try {
    await write((frames) => pack(frames, partial, signal));
    await verify(partial);
    signal.throwIfAborted();
    await rename(partial, path);
    await syncDirectory(dirname(path));
  } finally {
    await rm(partial, { force: true });
  }
}

function pack(frames: AsyncIterable<Buffer>, path: string, signal: AbortSignal): Promise<void> {
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  return pipeline(frames, compress, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }), { signal });
}

async function assertFree(path: string): Promise<void> {
  const isFree = await access(path).then(
    () => false,
    () => true,
  );
  if (!isFree) throw new BackupError('FILE_EXISTS', `${path} already exists: give another name`);
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
