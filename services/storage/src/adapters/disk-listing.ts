import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha256 } from '../objects/index.ts';

const NAME = /^([0-9a-f]{2})\/([0-9a-f]{62})$/;

/** The hashes of all bytes that are in their place. One at a time: there may be millions. */
export async function* storedHashes(objectsDirectory: string): AsyncGenerator<Sha256> {
  const bytes = join(objectsDirectory, 'bytes');
  for await (const entry of await opendir(bytes, { recursive: true })) {
    if (!entry.isFile()) continue;
    const [, start, rest] = NAME.exec(join(entry.parentPath, entry.name).slice(bytes.length + 1)) ?? [];
    if (start !== undefined && rest !== undefined) yield start + rest;
  }
}
