import { randomBytes } from 'node:crypto';
import { access, constants, type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { notWritable } from '../problems.ts';
import { fixLengths } from './wav.ts';

/** A file of sound. */
export interface SavedSound {
  file: string;
  bytes: number;
  /** Undefined when it is no WAV, or nothing that can be read again, such as a pipe. */
  seconds: number | undefined;
}

/**
 * Writes the chunks into a file that is there in whole or not at all; what is no file, such as /dev/null or a pipe, is
 * written as they come. Throws RefusedError when it cannot be written.
 */
export async function saveSound(chunks: AsyncIterable<Uint8Array>, file: string): Promise<SavedSound> {
  const place = await fileBehind(file);
  if (place === undefined) return { file, bytes: await stream(chunks, file), seconds: undefined };
  const aside = `${place}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const written = await write(chunks, { aside, file });
    await rename(aside, place).catch((error: unknown) => refuse(file, error));
    return { file, ...written };
  } finally {
    await rm(aside, { force: true }).catch(() => {});
  }
}

/** To be asked before the work: who cannot keep a sound need not wait for it, nor pay for it. Throws RefusedError. */
export async function canBeSaved(file: string): Promise<void> {
  const place = await fileBehind(file);
  const needed = place === undefined ? file : dirname(place);
  await access(needed, constants.W_OK).catch((error: unknown) => refuse(needed, error));
}

/** The path to be replaced, behind links; undefined when what has the name is no file. */
async function fileBehind(file: string): Promise<string | undefined> {
  const there = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') refuse(file, error);
  });
  if (!there) return file;
  if (there.isDirectory()) refuse(file, { code: 'EISDIR' });
  return there.isFile() ? realpath(file) : undefined;
}

async function write(chunks: AsyncIterable<Uint8Array>, path: { aside: string; file: string }) {
  await using file = await open(path.aside, 'w+').catch((error: unknown) => refuse(dirname(path.file), error));
  const bytes = await pour(chunks, file, path.file);
  return { bytes, seconds: await fixLengths(file) };
}

async function stream(chunks: AsyncIterable<Uint8Array>, path: string): Promise<number> {
  await using file = await open(path, 'w').catch((error: unknown) => refuse(path, error));
  return await pour(chunks, file, path);
}

async function pour(chunks: AsyncIterable<Uint8Array>, file: FileHandle, path: string): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) {
    await file.writeFile(chunk).catch((error: unknown) => refuse(path, error));
    bytes += chunk.length;
  }
  return bytes;
}

function refuse(path: string, error: unknown): never {
  throw notWritable(resolve(path), error);
}

/** What is sound in a stream of parts: both Synthesize and DownloadObject send a header first, then chunks. */
export async function* soundIn(
  parts: AsyncIterable<{ part: { $case: string; value: unknown } | undefined }>,
): AsyncGenerator<Uint8Array> {
  for await (const { part } of parts) if (part?.$case === 'chunk') yield part.value as Uint8Array;
}
