import { readFile } from 'node:fs/promises';

export type Bytes = Uint8Array<ArrayBuffer>;

/** A tone, as an encoder made it: MPEG-2 at 24,000 Hz or MPEG-1 at 44,100, one channel. */
export const tone = async (name: 'tone-440-24k' | 'tone-660-24k' | 'tone-440-44k'): Promise<Bytes> =>
  new Uint8Array(await readFile(new URL(`fixtures/${name}.mp3`, import.meta.url)));

const FRAME_MS = 24;
const FRAME_BYTES = 96;

/** Frames of MPEG-2 at 24,000 Hz and 32 kbit/s that hold nothing: a header, then zeros. */
export function silence(ms: number): Bytes {
  const count = Math.ceil(ms / FRAME_MS);
  const bytes = new Uint8Array(count * FRAME_BYTES);
  for (let at = 0; at < bytes.length; at += FRAME_BYTES) bytes.set([0xff, 0xf3, 0x44, 0xc4], at);
  return bytes;
}

/** A frame that tells how many frames follow, as encoders put before a stream. */
export function infoFrame(): Bytes {
  const frame = silence(FRAME_MS);
  frame.set(ascii('Info'), 4 + 9);
  frame.set(ascii('LAME3.100'), 4 + 9 + 120 - 60);
  return frame;
}

/** A tag of this many bytes behind its header. */
export function id3v2(bytes: number): Bytes {
  const tag = new Uint8Array(10 + bytes).fill(0xff, 10);
  tag.set([...ascii('ID3'), 4, 0, 0, 0, 0, bytes >> 7, bytes & 0x7f]);
  return tag;
}

export function id3v1(): Bytes {
  const tag = new Uint8Array(128).fill(0xff);
  tag.set(ascii('TAG'));
  return tag;
}

export const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
