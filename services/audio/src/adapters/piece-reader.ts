import type { AudioFormat, Sound } from '../speech/index.ts';
import { SoundFault } from './sound-fault.ts';
import { soundStream, type SoundStream } from './sound-stream.ts';

interface Expected {
  readonly format: AudioFormat;
  /** Of samples that come without a header. */
  readonly rawSampleRateHz: number | undefined;
  readonly maxBytes: number;
}

/** The sound of one piece, read from the answer of a provider no faster than it is asked for. */
export class PieceReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #stream: SoundStream;
  readonly #maxBytes: number;
  #bytes = 0;
  #isBegun = false;

  constructor(body: ReadableStream<Uint8Array>, { format, rawSampleRateHz, maxBytes }: Expected) {
    this.#reader = body.getReader();
    this.#stream = soundStream(format, rawSampleRateHz);
    this.#maxBytes = maxBytes;
  }

  /** Undefined at the end. Rejects with SoundFault. */
  async next(): Promise<Sound | undefined> {
    for (;;) {
      const { done, value } = await this.#reader.read();
      if (done) return this.#end();
      this.#bytes += value.length;
      if (this.#bytes > this.#maxBytes)
        throw new SoundFault('too large', `more than the ${this.#maxBytes} bytes that the text can take`);
      const sound = value.length > 0 ? this.#stream.push(value) : undefined;
      this.#isBegun ||= sound !== undefined;
      if (sound) return sound;
    }
  }

  #end(): undefined {
    if (this.#bytes === 0) throw new SoundFault('empty', 'no sound');
    this.#stream.end();
    if (!this.#isBegun) throw new SoundFault('empty', 'no sound behind the header');
  }
}
