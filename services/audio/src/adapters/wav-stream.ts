import type { Pcm } from '../speech/index.ts';
import { SoundFault } from './sound-fault.ts';

const RIFF_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
/** Longest header that is read: chunks of other content may stand before the samples. */
const MAX_HEADER_BYTES = 65_536;
/** 0 and the highest numbers stand for a length that was not known; SoX and eSpeak write this one into a pipe. */
const UNKNOWN_FROM = 0x7ffff000;
const BYTES_PER_SAMPLE = 2;
const PCM = 1;

/** The samples of a WAV, or of bare samples of a known rate, that comes in pieces of any size. */
export class WavStream {
  #rest = Buffer.alloc(0);
  #sampleRateHz: number | undefined;
  /** Bytes of samples still to come, as far as the header says. */
  #expected = Infinity;

  constructor(rawSampleRateHz?: number) {
    this.#sampleRateHz = rawSampleRateHz;
  }

  /** The samples that are complete by now, if any. Throws SoundFault for what is no WAV of 16-bit PCM, one channel. */
  push(bytes: Uint8Array): Pcm | undefined {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    this.#sampleRateHz ??= this.#readHeader();
    if (this.#sampleRateHz === undefined) return undefined;
    const whole = Math.min(this.#rest.length - (this.#rest.length % BYTES_PER_SAMPLE), this.#expected);
    if (whole === 0) return undefined;
    // A copy: samples have to be aligned.
    const samples = new Int16Array(new Uint8Array(this.#rest.subarray(0, whole)).buffer);
    this.#expected -= whole;
    this.#rest = this.#expected === 0 ? Buffer.alloc(0) : this.#rest.subarray(whole);
    return { samples, sampleRateHz: this.#sampleRateHz };
  }

  /** Throws SoundFault when something is missing. */
  end(): void {
    if (this.#sampleRateHz === undefined) throw new SoundFault('malformed', 'the sound ends inside its header');
    if (Number.isFinite(this.#expected) && this.#expected > 0)
      throw new SoundFault('incomplete', `${this.#expected} bytes are missing`);
  }

  /** The rate; undefined until the header is complete. What is left are samples then. */
  #readHeader(): number | undefined {
    const head = this.#rest;
    if (
      head.length >= RIFF_BYTES &&
      (head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE')
    )
      throw new SoundFault('malformed', 'the sound is no WAV');
    let rate: number | undefined;
    for (let at = RIFF_BYTES; at + CHUNK_HEADER_BYTES <= head.length;) {
      const name = head.toString('latin1', at, at + 4);
      const length = head.readUInt32LE(at + 4);
      const body = at + CHUNK_HEADER_BYTES;
      if (name === 'data') {
        if (rate === undefined) throw new SoundFault('malformed', 'the WAV does not name its format');
        this.#rest = head.subarray(body);
        this.#expected = length === 0 || length >= UNKNOWN_FROM ? Infinity : length - (length % BYTES_PER_SAMPLE);
        return rate;
      }
      if (name === 'fmt ' && body + 16 <= head.length) rate = formatAt(head, body);
      at = body + length + (length % 2);
    }
    if (head.length > MAX_HEADER_BYTES) throw new SoundFault('malformed', 'the WAV has no samples');
    return undefined;
  }
}

function formatAt(head: Buffer, at: number): number {
  const [format, channels, bits] = [head.readUInt16LE(at), head.readUInt16LE(at + 2), head.readUInt16LE(at + 14)];
  if (format === PCM && channels === 1 && bits === 8 * BYTES_PER_SAMPLE) return head.readUInt32LE(at + 4);
  throw new SoundFault('malformed', `the WAV has format ${format}, ${channels} channels, ${bits} bits`);
}
