/** What all frames of one stream have in common. */
export interface Mp3Format {
  readonly sampleRateHz: number;
  readonly channels: 1 | 2;
}

interface Frame extends Mp3Format {
  readonly bytes: number;
  /** Of each channel. */
  readonly samples: number;
  /** Where its data begins: behind header and side information. */
  readonly dataAt: number;
}

/** The bytes are no MPEG audio, layer III, or break off inside a frame, or change their format. */
export class Mp3Error extends Error {}

type Bytes = Uint8Array<ArrayBuffer>;

// Of ISO 11172-3 and 13818-3, layer III; the index 0 (free format) is used by nobody who streams.
const KBITS_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const KBITS_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const RATES_V1 = [44_100, 48_000, 32_000];
/** By the two bits of the version: 2.5, none, 2, 1. */
const RATE_DIVISORS = [4, undefined, 2, 1];

const HEADER_BYTES = 4;
const ID3V1_BYTES = 128;
const ID3V2_HEADER_BYTES = 10;
/** What an encoder writes into a silent first frame, to tell of the length of its own stream. */
const INFO_TAGS = ['Xing', 'Info', 'VBRI'];
const VBRI_AT = 36;

type Step = { readonly take: number } | { readonly skip: number };

/**
 * The whole frames in MPEG streams that come in pieces of any size, one stream after the other: tags are left out, and so are
 * the frames that tell how long a single stream would be. What comes out, put together, is one stream.
 */
export class Mp3Frames {
  #rest: Bytes = new Uint8Array(0);
  /** Bytes still to come of what is left out. */
  #skip = 0;
  #atStart = true;
  #format: Mp3Format | undefined;
  #samples = 0;

  /** Known from the first frame on. */
  get format(): Mp3Format | undefined {
    return this.#format;
  }

  /** How long what came out lasts. */
  get seconds(): number {
    return this.#format ? this.#samples / this.#format.sampleRateHz : 0;
  }

  /** The frames that are complete by now. Throws Mp3Error. */
  push(bytes: Uint8Array): Bytes {
    const all = concat([this.#rest, bytes]);
    const frames: Bytes[] = [];
    let at = 0;
    for (;;) {
      const skipped = Math.min(this.#skip, all.length - at);
      this.#skip -= skipped;
      at += skipped;
      const step = this.#step(all.subarray(at));
      if (!step) break;
      if ('skip' in step) {
        this.#skip = step.skip;
      } else {
        frames.push(all.subarray(at, at + step.take));
        at += step.take;
      }
    }
    this.#rest = all.slice(at);
    return concat(frames);
  }

  /** The stream is over; another one may follow. Throws Mp3Error when it breaks off. */
  end(): void {
    const isBroken = this.#rest.length > 0 || this.#skip > 0;
    this.#rest = new Uint8Array(0);
    this.#skip = 0;
    this.#atStart = true;
    if (isBroken) throw new Mp3Error('the stream ends inside a frame');
  }

  /** What to do with what comes next; undefined when more has to come first. */
  #step(bytes: Bytes): Step | undefined {
    if (bytes.length < HEADER_BYTES) return undefined;
    if (ascii(bytes, 0, 3) === 'TAG') return { skip: ID3V1_BYTES };
    if (this.#atStart && ascii(bytes, 0, 3) === 'ID3')
      return bytes.length < ID3V2_HEADER_BYTES ? undefined : { skip: id3v2Bytes(bytes) };
    const frame = frameAt(bytes);
    if (bytes.length < frame.bytes) return undefined;
    const isInfo = this.#atStart && tellsOfLength(bytes, frame);
    this.#atStart = false;
    if (isInfo) return { skip: frame.bytes };
    this.#check(frame);
    this.#samples += frame.samples;
    return { take: frame.bytes };
  }

  #check({ sampleRateHz, channels }: Frame): void {
    this.#format ??= { sampleRateHz, channels };
    const { sampleRateHz: rate, channels: count } = this.#format;
    if (rate === sampleRateHz && count === channels) return;
    throw new Mp3Error(`${sampleRateHz} Hz, ${channels} channels after ${rate} Hz, ${count} channels`);
  }
}

/** The header that `bytes` begin with. Throws when it is none. */
function frameAt(bytes: Bytes): Frame {
  const [sync = 0, kind = 0, rates = 0, mode = 0] = bytes;
  const version = (kind >> 3) & 3;
  const isV1 = version === 3;
  const kbits = (isV1 ? KBITS_V1 : KBITS_V2)[rates >> 4];
  const divisor = RATE_DIVISORS[version];
  const rate = RATES_V1[(rates >> 2) & 3];
  const isFrame = sync === 0xff && kind >> 5 === 7 && ((kind >> 1) & 3) === 1;
  if (!isFrame || !kbits || !divisor || !rate) throw new Mp3Error('no frame of MPEG audio, layer III');
  const samples = isV1 ? 1_152 : 576;
  const sampleRateHz = rate / divisor;
  const channels = mode >> 6 === 3 ? 1 : 2;
  const padding = (rates >> 1) & 1;
  const sideBytes = (isV1 ? [17, 32] : [9, 17])[channels - 1]!;
  const frameBytes = Math.floor((samples * kbits * 125) / sampleRateHz) + padding;
  return { bytes: frameBytes, samples, sampleRateHz, channels, dataAt: HEADER_BYTES + sideBytes };
}

const tellsOfLength = (bytes: Bytes, { dataAt }: Frame): boolean =>
  [dataAt, VBRI_AT].some((at) => INFO_TAGS.includes(ascii(bytes, at, 4)));

/** Header, body and footer; the length has seven bits a byte. */
function id3v2Bytes(bytes: Bytes): number {
  const body = bytes.subarray(6, ID3V2_HEADER_BYTES).reduce((sum, byte) => sum * 128 + (byte & 0x7f), 0);
  const hasFooter = ((bytes[5] ?? 0) & 0x10) !== 0;
  return ID3V2_HEADER_BYTES + body + (hasFooter ? ID3V2_HEADER_BYTES : 0);
}

const ascii = (bytes: Bytes, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

function concat(parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
