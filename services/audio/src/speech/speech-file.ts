import { Mp3Error, Mp3Frames } from './mp3-frames.ts';
import { PieceShaper } from './piece-shaper.ts';
import { SpeechError } from './speech-error.ts';
import type { AudioFormat, Sound } from './speech-engine.ts';
import type { Piece, PieceEnd } from './split-sentences.ts';
import { wavHeader } from './wav.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** One file, made of the sound of pieces. */
export interface SpeechFile {
  readonly contentType: string;
  /** Samples a second; 0 until the first bytes. */
  readonly sampleRateHz: number;
  /** The next bytes of the file, as the sound of the next piece comes. */
  add(piece: Piece, sound: AsyncIterable<Sound>): AsyncGenerator<Bytes, void>;
}

export const speechFile = (format: AudioFormat, speed: number): SpeechFile =>
  format === 'mp3' ? new Mp3File() : new WavFile(speed);

/** How long the voice rests after a piece, at normal speed. */
export const PAUSE_MS: Readonly<Record<PieceEnd, number>> = { clause: 120, sentence: 320, paragraph: 520, text: 100 };

/** 16-bit PCM of one channel behind a RIFF header. */
class WavFile implements SpeechFile {
  readonly contentType = 'audio/wav';
  readonly #speed: number;
  #sampleRateHz = 0;

  constructor(speed: number) {
    this.#speed = speed;
  }

  get sampleRateHz(): number {
    return this.#sampleRateHz;
  }

  async *add({ end }: Piece, sound: AsyncIterable<Sound>): AsyncGenerator<Bytes, void> {
    let shaper: PieceShaper | undefined;
    for await (const part of sound) {
      if (part.type !== 'pcm') throw broken('made MP3 where samples were asked for');
      if (this.#sampleRateHz === 0) {
        this.#sampleRateHz = part.sampleRateHz;
        yield wavHeader(part.sampleRateHz);
      }
      if (part.sampleRateHz !== this.#sampleRateHz)
        throw broken(`made ${part.sampleRateHz} samples a second after ${this.#sampleRateHz}`);
      shaper ??= new PieceShaper(part.sampleRateHz);
      yield bytesOf(shaper.push(part.samples));
    }
    if (!shaper) throw broken('made no sound');
    yield bytesOf(shaper.end());
    yield new Uint8Array(2 * Math.round((PAUSE_MS[end] / 1000 / this.#speed) * this.#sampleRateHz));
  }
}

/** An MPEG stream; the pauses between pieces are those of the engine. */
class Mp3File implements SpeechFile {
  readonly contentType = 'audio/mpeg';
  readonly #frames = new Mp3Frames();

  get sampleRateHz(): number {
    return this.#frames.format?.sampleRateHz ?? 0;
  }

  async *add(_: Piece, sound: AsyncIterable<Sound>): AsyncGenerator<Bytes, void> {
    const before = this.#frames.seconds;
    try {
      for await (const part of sound) {
        if (part.type !== 'mp3') throw broken('made samples where MP3 was asked for');
        yield this.#frames.push(part.bytes);
      }
      this.#frames.end();
    } catch (error) {
      throw error instanceof Mp3Error ? broken(`made a broken MP3: ${error.message}`, error) : error;
    }
    if (this.#frames.seconds === before) throw broken('made no sound');
  }
}

const broken = (what: string, cause?: Error): SpeechError =>
  new SpeechError('SOUND_UNUSABLE', `the speech engine ${what}`, {}, { cause });

/** The bytes of the samples: little-endian, as in WAV and on every platform served. */
const bytesOf = (samples: Int16Array<ArrayBuffer>): Bytes =>
  new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
