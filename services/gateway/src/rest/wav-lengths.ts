/** What a RIFF/WAVE header says of lengths that were not known when it was written: sound that was streamed. */
const UNKNOWN = 0xffffffff;
/** Where the length of what follows stands in a header of 44 bytes: the file's behind `RIFF`, the samples' behind `data`. */
const LENGTH_FIELDS = [4, 40];
const FIELD_BYTES = 4;

/**
 * The bytes of a WAV from `offset` on, with its real lengths where the header has none: players then know how long the
 * sound is, and may jump in it. `size` is the length of the whole file in bytes. Bytes that come in pieces of a field are
 * left as they are; storage sends none as small.
 */
export function withLengths(chunk: Uint8Array, offset: number, size: number): Uint8Array {
  if (offset >= LENGTH_FIELDS[1]! + FIELD_BYTES) return chunk;
  const bytes = Buffer.from(chunk);
  for (const field of LENGTH_FIELDS) {
    const at = field - offset;
    if (at < 0 || at + FIELD_BYTES > bytes.length) continue;
    if (bytes.readUInt32LE(at) === UNKNOWN) bytes.writeUInt32LE(size - field - FIELD_BYTES, at);
  }
  return bytes;
}
