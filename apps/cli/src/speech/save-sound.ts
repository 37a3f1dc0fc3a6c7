import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { notWritable } from '../problems.ts';
import { fixLengths } from './wav.ts';

/** A file of sound. */
export interface SavedSound {
  file: string;
  bytes: number;
  /** Undefined when it is no WAV. */
  seconds: number | undefined;
}

/** Writes the chunks into a file that is there in whole or not at all. Throws RefusedError when it cannot be written. */
export async function saveSound(chunks: AsyncIterable<Uint8Array>, file: string): Promise<SavedSound> {
  const aside = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    const written = await write(chunks, { aside, file });
    await rename(aside, file).catch((error: unknown) => refuse(file, error));
    return { file, ...written };
  } finally {
    await rm(aside, { force: true }).catch(() => {});
  }
}

async function write(chunks: AsyncIterable<Uint8Array>, path: { aside: string; file: string }) {
  await using file = await open(path.aside, 'w+').catch((error: unknown) => refuse(dirname(path.file), error));
  let bytes = 0;
  for await (const chunk of chunks) {
    await file.writeFile(chunk).catch((error: unknown) => refuse(path.file, error));
    bytes += chunk.length;
  }
  return { bytes, seconds: await fixLengths(file) };
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
