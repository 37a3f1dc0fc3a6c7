/** What a request for speech asked for. */
export interface SpeechAsked {
  readonly text: string;
  readonly encoding: 'mp3' | 'wav' | 'pcm';
}

export const SPEECH_RATE_HZ = 24_000;
/** How long a scripted voice takes to say a character. */
export const SPEECH_MS_PER_CHARACTER = 60;

const FRAME_MS = 24;
const FRAME_BYTES = 96;
/** MPEG-2 layer III, 32 kbit/s, 24,000 Hz, one channel. */
const FRAME_HEADER = [0xff, 0xf3, 0x44, 0xc4];

/** A sound as long as the text takes: a tone, or in MP3 frames of silence. */
export function speechSound({ text, encoding }: SpeechAsked): Buffer {
  const ms = text.length * SPEECH_MS_PER_CHARACTER;
  if (encoding === 'mp3') return frames(ms);
  return encoding === 'wav' ? Buffer.concat([streamedWavHeader(), tone(ms)]) : tone(ms);
}

function frames(ms: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(ms / FRAME_MS) * FRAME_BYTES);
  for (let at = 0; at < bytes.length; at += FRAME_BYTES) bytes.set(FRAME_HEADER, at);
  return bytes;
}

function tone(ms: number): Buffer {
  const samples = new Int16Array((SPEECH_RATE_HZ / 1_000) * ms);
  // Minutes of it are millions of samples: `Int16Array.from` takes seven times as long.
  for (let i = 0; i < samples.length; i += 1) samples[i] = 12_000 * Math.cos(i / 8);
  return Buffer.from(samples.buffer);
}

/** 16-bit PCM of one channel whose length is not known yet. */
function streamedWavHeader(): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(0xffffffff, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SPEECH_RATE_HZ, 24);
  header.writeUInt32LE(SPEECH_RATE_HZ * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(0xffffffff, 40);
  return header;
}
