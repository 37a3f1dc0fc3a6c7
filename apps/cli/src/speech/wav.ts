import { type FileHandle } from 'node:fs/promises';

/** Where the samples of a WAV file are. */
export interface WavLayout {
  /** Of the length field of the data chunk. */
  dataLengthAt: number;
  dataAt: number;
  bytesPerSecond: number;
}

/** Reads the chunks up to the samples; nothing when this is not the beginning of a WAV file. */
export function layoutOf(head: Buffer): WavLayout | undefined {
  if (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') return undefined;
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= head.length;) {
    const id = head.toString('latin1', at, at + 4);
    const length = head.readUInt32LE(at + 4);
    if (id === 'fmt ' && at + 20 <= head.length) bytesPerSecond = head.readUInt32LE(at + 16);
    if (id === 'data') return { dataLengthAt: at + 4, dataAt: at + 8, bytesPerSecond };
    // Chunks begin at even offsets.
    at += 8 + length + (length % 2);
  }
  return undefined;
}

const HEAD_BYTES = 4096;

/**
 * A WAV that was made as a stream names no lengths, because its header went out before its end was known. Players
 * want them. Returns how long it lasts.
 */
export async function fixLengths(file: FileHandle): Promise<number | undefined> {
  const { size } = await file.stat();
  const head = Buffer.alloc(Math.min(HEAD_BYTES, size));
  await file.read(head, 0, head.length, 0);
  const layout = layoutOf(head);
  if (!layout) return undefined;
  const dataBytes = size - layout.dataAt;
  await writeLength(file, 4, size - 8);
  await writeLength(file, layout.dataLengthAt, dataBytes);
  return layout.bytesPerSecond === 0 ? undefined : dataBytes / layout.bytesPerSecond;
}

async function writeLength(file: FileHandle, at: number, length: number): Promise<void> {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  await file.write(bytes, 0, 4, at);
}
