/** Bytes of the header that `wavHeader` makes. */
export const WAV_HEADER_BYTES = 44;

/** Stands for a length that is not known when the header is written. */
export const UNKNOWN_LENGTH = 0xffffffff;

const BYTES_PER_SAMPLE = 2;

/** RIFF/WAVE header for 16-bit PCM of one channel. Without `dataBytes` both lengths are 0xFFFFFFFF, as in a stream. */
export function wavHeader(sampleRateHz: number, dataBytes?: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(header.buffer);
  writeAscii(header, 0, 'RIFF');
  view.setUint32(4, dataBytes === undefined ? UNKNOWN_LENGTH : WAV_HEADER_BYTES - 8 + dataBytes, true);
  writeAscii(header, 8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * BYTES_PER_SAMPLE, true);
  view.setUint16(32, BYTES_PER_SAMPLE, true);
  view.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  writeAscii(header, 36, 'data');
  view.setUint32(40, dataBytes ?? UNKNOWN_LENGTH, true);
  return header;
}

/** The samples of a WAV file. Throws when it is not 16-bit PCM of one channel. */
export function readWav(wav: Uint8Array): { samples: Int16Array<ArrayBuffer>; sampleRateHz: number } {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  if (wav.length < 12 || readAscii(wav, 0) !== 'RIFF' || readAscii(wav, 8) !== 'WAVE')
    throw new Error('not a WAV file');
  let sampleRateHz = 0;
  for (let at = 12; at + 8 <= wav.length;) {
    const length = view.getUint32(at + 4, true);
    const body = at + 8;
    if (readAscii(wav, at) === 'fmt ') {
      const [format, channels, bits] = [
        view.getUint16(body, true),
        view.getUint16(body + 2, true),
        view.getUint16(body + 14, true),
      ];
      if (format !== 1 || channels !== 1 || bits !== 16)
        throw new Error(`WAV with format ${format}, ${channels} channels, ${bits} bits`);
      sampleRateHz = view.getUint32(body + 4, true);
    } else if (readAscii(wav, at) === 'data') {
      if (sampleRateHz === 0) throw new Error('WAV without a format');
      const end = Math.min(body + length, wav.length);
      // A copy, for alignment; `slice` of a Buffer would not be one.
      const bytes = new Uint8Array(wav.subarray(body, end - ((end - body) % BYTES_PER_SAMPLE)));
      return { samples: new Int16Array(bytes.buffer, 0, bytes.length / BYTES_PER_SAMPLE), sampleRateHz };
    }
    at = body + length + (length % 2);
  }
  throw new Error('WAV without data');
}

function writeAscii(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
}

const readAscii = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
