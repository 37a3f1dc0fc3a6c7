import { callAside } from './call-aside.ts';
import type { ObjectBytes } from './object-bytes.ts';
import type { ObjectIndex } from './object-index.ts';

export interface SweepPorts {
  readonly index: ObjectIndex;
  readonly bytes: ObjectBytes;
  /** How long one question to the index may take. */
  readonly budgetMs: number;
  /** Ends a sweep, however much is left to look at: it throws the reason. */
  readonly signal?: AbortSignal;
}

const BATCH = 1000;

/** Gives up the uploads whose time is over; with their parts; says how many uploads. */
export async function sweepUploads({ index, bytes, budgetMs, signal }: SweepPorts): Promise<number> {
  let removed = 0;
  for (;;) {
    signal?.throwIfAborted();
    const expired = await index.takeExpiredUploads(callAside('', budgetMs), BATCH);
    for (const id of expired.flat()) await bytes.removePart(id);
    removed += expired.length;
    if (expired.length < BATCH) return removed;
  }
}

/** Removes parts that are on no record: their call was killed before it could. A part is on record before it exists. */
export async function sweepParts({ index, bytes, budgetMs, signal }: SweepPorts): Promise<number> {
  let removed = 0;
  for await (const batch of batches(bytes.parts(), signal)) {
    const unknown = await index.unknownParts(callAside('', budgetMs), batch);
    for (const id of unknown) await bytes.removePart(id);
    removed += unknown.length;
  }
  return removed;
}

/**
 * Removes bytes that no object has, whether or not anybody suspected them: it is what is left when the index was
 * restored from a backup that is older than the bytes.
 */
export async function sweepPlaced({ index, bytes, budgetMs, signal }: SweepPorts): Promise<number> {
  let removed = 0;
  for await (const batch of batches(bytes.placed(), signal)) {
    for (const sha256 of await index.unused(callAside('', budgetMs), batch)) {
      signal?.throwIfAborted();
      const dropped = await index.dropUnused(callAside('', budgetMs), sha256, () => bytes.remove(sha256));
      if (dropped) removed += 1;
    }
  }
  return removed;
}

async function* batches(source: AsyncIterable<string>, signal?: AbortSignal): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for await (const id of source) {
    signal?.throwIfAborted();
    batch.push(id);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
