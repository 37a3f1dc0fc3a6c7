import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const partialsOf = (directory: string): string => join(directory, '.partial');

/** Makes the directory, and removes what processes that were killed left: whatever has not grown for `abandonedMs`. */
export async function prepareDirectory(directory: string, abandonedMs: number): Promise<void> {
  const partials = partialsOf(directory);
  await mkdir(partials, { recursive: true });
  for (const name of await readdir(partials)) {
    const path = join(partials, name);
    // Another process may sweep too.
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    if (found && Date.now() - found.mtimeMs > abandonedMs) await rm(path, { force: true });
  }
}

/** Writes bytes so that `path` has all of them, on the disk, or is not touched. Returns how many. */
export async function writeWhole(bytes: AsyncIterable<Buffer>, path: string, signal: AbortSignal): Promise<number> {
  const partial = join(partialsOf(dirname(path)), randomUUID());
  try {
    const sizeBytes = await write(bytes, partial);
    signal.throwIfAborted();
    await rename(partial, path);
    await using directory = await open(dirname(path));
    await directory.sync();
    return sizeBytes;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** The file is made only when there is a first byte. */
async function write(bytes: AsyncIterable<Buffer>, path: string): Promise<number> {
  let sizeBytes = 0;
  let file: FileHandle | undefined;
  try {
    for await (const chunk of bytes) {
      file ??= await open(path, 'wx');
      await file.writeFile(chunk);
      sizeBytes += chunk.length;
    }
    await file?.sync();
    return sizeBytes;
  } finally {
    await file?.close();
  }
}
