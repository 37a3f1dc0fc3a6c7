const WAV_HEADER_BYTES = 44;
const SAMPLE_RATE_AT = 24;
/** 16-bit samples of one channel. */
const WAV_BYTES_PER_SAMPLE = 2;
// Bit rates of MPEG audio, layer III, kbit/s, by the four bits of a frame's header: version 1, then 2 and 2.5.
const KBITS_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBITS_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/** Of the beginning of a sound, as much as tells how long it is. */
export const SOUND_HEAD_BYTES = WAV_HEADER_BYTES;

/** How long a sound lasts, milliseconds, by how it begins and its size in bytes; 0 when that does not tell. */
export function soundDurationMs(head: Uint8Array, sizeBytes: number): number {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.length >= WAV_HEADER_BYTES && bytes.toString('latin1', 0, 4) === 'RIFF') {
    const perSecond = WAV_BYTES_PER_SAMPLE * bytes.readUInt32LE(SAMPLE_RATE_AT);
    return perSecond > 0 ? Math.round(((sizeBytes - WAV_HEADER_BYTES) / perSecond) * 1_000) : 0;
  }
  const [sync = 0, version = 0, rates = 0] = bytes;
  if (sync !== 0xff || version < 0xe0) return 0;
  // The bit rate of the first frame is that of all: voices are sent at a constant one.
  const kbits = ((version & 0x18) === 0x18 ? KBITS_V1 : KBITS_V2)[rates >> 4];
  return kbits ? Math.round((sizeBytes * 8) / kbits) : 0;
}
