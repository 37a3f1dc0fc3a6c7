import type { BlockChecks } from './block-checks.ts';
import type { StagedBytes } from './object-bytes.ts';
import { objectTooLarge, sizeMismatch, uploadOutOfOrder } from './object-error.ts';
import type { UploadHeader, UploadPart } from './object.ts';

export interface Receiver {
  readonly header: UploadHeader;
  readonly staged: StagedBytes;
  /** Taken of what passes. */
  readonly checks: BlockChecks;
  readonly maxObjectBytes: bigint;
  /** Told after each chunk. */
  readonly onWritten?: () => void;
}

export async function firstHeader(parts: AsyncIterator<UploadPart>): Promise<UploadHeader> {
  const first = await parts.next();
  if (first.done || first.value.type !== 'header') throw uploadOutOfOrder(0, 'header');
  return first.value.header;
}

/** Stages the chunks as they come; all of them arrived when it returns. Says how large the object is. */
export async function receiveBytes(parts: AsyncIterator<UploadPart>, receiver: Receiver): Promise<bigint> {
  const { header, staged, checks, onWritten } = receiver;
  for (let position = 1; ; position += 1) {
    const part = await parts.next();
    if (part.done) break;
    if (part.value.type !== 'chunk') throw uploadOutOfOrder(position, 'chunk');
    const { bytes } = part.value;
    assertSize(receiver, header.offset + staged.sizeBytes + BigInt(bytes.length));
    // While the disk has it, there is time to add it up.
    const writing = staged.write(bytes);
    checks.add(bytes);
    await writing;
    onWritten?.();
  }
  const size = header.offset + staged.sizeBytes;
  if (header.declaredSizeBytes !== undefined && size !== header.declaredSizeBytes) {
    throw sizeMismatch(header.declaredSizeBytes, size);
  }
  return size;
}

function assertSize({ header, maxObjectBytes }: Receiver, size: bigint): void {
  if (size > maxObjectBytes) throw objectTooLarge(maxObjectBytes, 'chunk');
  const declared = header.declaredSizeBytes;
  if (declared !== undefined && size > declared) throw sizeMismatch(declared, size);
}
