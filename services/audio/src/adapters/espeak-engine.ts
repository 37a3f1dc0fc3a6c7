import {
  SpeechError,
  type Pcm,
  type Sound,
  type Speaker,
  type SpeakerOptions,
  type SpeechEngine,
  type Voice,
} from '../speech/index.ts';
import { EspeakProgram, type EspeakJob, type ProgramPlace } from './espeak-program.ts';
import { espeakVoices } from './espeak-voices.ts';
import { SpeakingPlaces, type PlaceOptions } from './speaking-places.ts';
import { SoundFault } from './sound-fault.ts';
import { WavStream } from './wav-stream.ts';

/** Of its own at speed 1; 0.5 to 2 times that is within what it takes (80 to 450). */
const WORDS_PER_MINUTE = 175;
const NAME = 'espeak-ng';
const PREFIX = 'espeak-';

/** eSpeak NG, a synthesiser of many languages: a program that is installed beside this service, and is no part of it. */
export class EspeakEngine implements SpeechEngine {
  readonly name = NAME;
  readonly voices: readonly Voice[];
  readonly #program: EspeakProgram;
  readonly #places: SpeakingPlaces;
  readonly #closed = new AbortController();

  private constructor(program: EspeakProgram, voices: readonly Voice[], options: PlaceOptions) {
    this.#program = program;
    this.voices = voices;
    this.#places = new SpeakingPlaces(NAME, options);
  }

  /** Asks the program for its voices. Rejects when there is no such program, or it lists none. */
  static async start(place: ProgramPlace, options: PlaceOptions): Promise<EspeakEngine> {
    const program = new EspeakProgram(place);
    const voices = espeakVoices(await program.voices());
    if (voices.length === 0) throw new Error(`${place.program} --voices lists no voice`);
    return new EspeakEngine(program, voices, options);
  }

  /** What would be read as a command is left out: control characters, and phonemes in double brackets. */
  sayable(text: string): string {
    return text
      .replace(/(?![\n\t])\p{Cc}/gu, ' ')
      .replace(/\[{2,}/g, '[')
      .replace(/\]{2,}/g, ']');
  }

  open({ voice, speed, call }: SpeakerOptions): Speaker {
    this.#closed.signal.throwIfAborted();
    this.#places.admit();
    const given = new AbortController();
    const signal = AbortSignal.any([call.signal, given.signal, this.#closed.signal]);
    const job = { voice: voice.slice(PREFIX.length), wordsPerMinute: Math.round(WORDS_PER_MINUTE * speed) };
    return {
      speak: (text) => this.#speak({ ...job, text }, signal),
      close: () => given.abort(new Error('the speaker has been closed')),
    };
  }

  stats(): { readonly busy: number; readonly queue: number } {
    return this.#places.stats();
  }

  async *#speak(job: EspeakJob, signal: AbortSignal): AsyncGenerator<Sound, void> {
    using _place = await this.#places.take(signal);
    const wav = new WavStream();
    for await (const bytes of this.#program.speak(job, signal)) {
      const pcm = samplesIn(wav, bytes);
      if (pcm) yield { type: 'pcm', ...pcm };
    }
  }

  /** What is being spoken ends, and its processes. */
  close(): void {
    const message = 'the speech engine has been closed';
    this.#closed.abort(new SpeechError('ENGINE_FAILED', message, { engine: NAME }));
  }
}

function samplesIn(wav: WavStream, bytes: Buffer): Pcm | undefined {
  try {
    return wav.push(bytes);
  } catch (error) {
    if (!(error instanceof SoundFault)) throw error;
    const message = 'the speech engine made no usable sound';
    throw new SpeechError('SOUND_UNUSABLE', message, { engine: NAME }, { cause: error });
  }
}
