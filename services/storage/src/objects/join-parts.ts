import type { BlockChecks } from './block-checks.ts';
import type { ObjectBytes, OpenBytes, StagedBytes } from './object-bytes.ts';
import { uploadDamaged, type UploadedPart } from './upload-record.ts';

export interface PartsToJoin {
  readonly bytes: ObjectBytes;
  readonly signal: AbortSignal;
  /** Of the upload. */
  readonly id: string;
  readonly parts: readonly UploadedPart[];
  /** Of all parts together. */
  readonly sizeBytes: bigint;
  readonly checks: BlockChecks;
}

/**
 * The bytes of all parts, staged anew: a writer that was given up may still add to an old part, but not to these. Of a
 * part counts what lies before the next one.
 */
export async function joinParts(join: PartsToJoin): Promise<StagedBytes> {
  const whole = await join.bytes.stage();
  try {
    for (const [index, part] of join.parts.entries()) {
      const end = join.parts[index + 1]?.offset ?? join.sizeBytes;
      const open = await join.bytes.openPart(part.id);
      if (open === undefined) throw uploadDamaged(join.id);
      try {
        await append(join, whole, open, Number(end - part.offset));
      } finally {
        await open.close();
      }
    }
    return whole;
  } catch (error) {
    await whole.discard();
    throw error;
  }
}

async function append(join: PartsToJoin, whole: StagedBytes, open: OpenBytes, length: number): Promise<void> {
  for (let left = length; left > 0;) {
    join.signal.throwIfAborted();
    const piece = (await open.next())?.subarray(0, left);
    if (piece === undefined) throw uploadDamaged(join.id);
    const writing = whole.write(piece);
    join.checks.add(piece);
    await writing;
    left -= piece.length;
  }
}
